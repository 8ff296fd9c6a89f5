from enum import Enum


class Mode(str, Enum):
    BOTH = "4g_5g_preferred"
    OLD = "3g_only"
