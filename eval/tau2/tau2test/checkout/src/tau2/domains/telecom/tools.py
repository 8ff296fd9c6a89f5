from typing import Any, Dict, Optional

from tau2.domains.telecom.data_model import Person, Reason
from tau2.environment.toolkit import ToolKitBase, ToolType, is_tool


class SmallTools(ToolKitBase):
    """Tools of the company."""

    db: Any

    def _line(self, line_id: str):
        return None

    @is_tool(ToolType.READ)
    def get_customer_by_phone(self, phone_number: str) -> dict:
        """
        Looks a customer up.

        The number is the one of a line.

        Args:
            phone_number: The number,
                with its area code.

        Returns:
            The customer.
        """

    @is_tool(ToolType.WRITE)
    def refuel_data(self, customer_id: str, line_id: str, gb_amount: float) -> Dict[str, Any]:
        """Sells more data.

        Args:
            customer_id (str): Who pays.
            line_id: Which line.
            gb_amount: How much.
        """

    @is_tool(ToolType.WRITE)
    def suspend_line(self, customer_id: str, line_id: str, reason: "Reason | Person", *, note: Optional[str] = None, **kept):
        """Takes a line out of service."""

    @is_tool()
    def get_bills_for_customer(self, customer_id: str, limit: int = 12) -> list:
        pass

    @is_tool(ToolType.GENERIC)
    def transfer_to_human_agents(self, summary: str) -> str:
        """Hands over.

        Args:
            no colon here
        """
