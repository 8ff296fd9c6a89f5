# A checkout of our own in the shape of the benchmark's, for tests.
from tau2.data_model.message import AssistantMessage

DEFAULT_FIRST_AGENT_MESSAGE = AssistantMessage(
    role="assistant", content="Good day, this is Quay Telephone.", cost=0.0
)


class Orchestrator:
    def initialize(self):
        self.agent_state = self.agent.get_init_state(message_history=[first_message])

    def _execute(self, result):
        self.num_errors += 1

    def _check_termination(self):
        pass
