from typing import Any, Dict, List, Literal, Optional

from pydantic import BaseModel, Field

Reason = Literal["lost", "sold"]


class Named(BaseModel):
    name: str = Field(description="What it is called.")


class Person(Named):
    """Somebody who calls."""

    age: Optional[int] = Field(None, description="In years.")
    tags: List[str] = []
    more: Dict[str, Any] = Field(default_factory=dict)
