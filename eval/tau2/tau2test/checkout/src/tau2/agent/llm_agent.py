AGENT_INSTRUCTION = """
Serve callers of the telephone company.
""".strip()

SYSTEM_PROMPT = """
[how] {agent_instruction}
[rules] {domain_policy}
""".strip()

AGENT_SOLO_INSTRUCTION = """
Work off the ticket; call {stop_function_name} in the end.
""".strip()

SYSTEM_PROMPT_SOLO = """
[how] {agent_instruction}
[rules] {domain_policy}
[ticket] {ticket}
""".strip()


class LLMSoloAgent:
    STOP_FUNCTION_NAME = "done"

    def add_stop_tool(self) -> None:
        def done() -> str:
            """Says that the ticket is worked off."""
            return self.STOP_TOKEN

        self.tools.append(as_tool(done))
