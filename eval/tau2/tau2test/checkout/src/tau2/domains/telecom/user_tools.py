from tau2.domains.telecom.modes import Mode
from tau2.environment.toolkit import ToolKitBase, ToolType, is_tool


class SmallUserTools(ToolKitBase):
    @is_tool(ToolType.READ)
    def run_speed_test(self) -> str:
        """Measures the connection."""

    @is_tool(ToolType.WRITE)
    def toggle_data(self) -> str:
        """Switches mobile data."""

    @is_tool(ToolType.WRITE)
    def toggle_airplane_mode(self) -> str:
        """Switches all radios."""

    @is_tool(ToolType.WRITE)
    def set_network_mode_preference(self, mode: Mode | str = Mode.BOTH) -> str:
        """Chooses networks."""
