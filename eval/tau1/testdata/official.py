# The official code of a checkout of tau-bench, without a model.
#   python3 official.py CHECKOUT FILE                      reads a result file and prints its metrics
#   python3 official.py CHECKOUT < cases.json > rows.json  plays conversations
# A case is {domain, task, agent_strategy, user_strategy, agent: [message], user: [text]}:
# what the models reply, in turn. A row is one that run.py writes.
import json
import sys
import types

checkout = sys.argv[1]
sys.path.insert(0, checkout)
litellm = types.ModuleType("litellm")
litellm.provider_list = ["x"]
sys.modules["litellm"] = litellm

from pydantic import BaseModel  # noqa: E402
from typing import Any, Optional  # noqa: E402


class Message(BaseModel):
    content: Optional[str] = None
    role: str = "assistant"
    tool_calls: Any = None
    function_call: Any = None


class Script:
    """The replies of one case; the requests that set an environment up take none."""

    def __init__(self):
        self.replies = None

    def completion(self, model, messages, **kwargs):
        if self.replies is None:
            message = Message(content="User Response: true")
        else:
            message = Message(**self.replies[model].pop(0))
        return types.SimpleNamespace(
            choices=[types.SimpleNamespace(message=message)],
            _hidden_params={"response_cost": 0.0},
        )


script = Script()
litellm.completion = script.completion

from tau_bench.agents.chat_react_agent import ChatReActAgent  # noqa: E402
from tau_bench.agents.tool_calling_agent import ToolCallingAgent  # noqa: E402
from tau_bench.envs import get_env  # noqa: E402
from tau_bench.run import display_metrics  # noqa: E402
from tau_bench.types import EnvRunResult, RewardResult, Task  # noqa: E402


def play(case):
    script.replies = None
    env = get_env(case["domain"], case["user_strategy"], "user", "test", "x", case["task"])
    script.replies = {"agent": case["agent"], "user": [{"content": text} for text in case["user"]]}
    if case["agent_strategy"] == "tool-calling":
        agent = ToolCallingAgent(env.tools_info, env.wiki, "agent", "x")
    else:
        agent = ChatReActAgent(env.tools_info, env.wiki, "agent", "x", case["agent_strategy"] == "react")
    try:
        result = agent.solve(env=env, task_index=case["task"])
        return {"task_id": case["task"], "reward": result.reward, "info": result.info, "traj": result.messages}
    except Exception as e:
        return {"task_id": case["task"], "reward": 0.0, "info": {"error": f"{type(e).__name__}: {e}"}, "traj": []}


def metrics(file):
    with open(file) as f:
        rows = json.load(f)
    for row in rows:
        if row["info"].get("reward_info"):
            RewardResult(**row["info"]["reward_info"])
            Task(**row["info"]["task"])
    display_metrics([EnvRunResult(**row) for row in rows])


if len(sys.argv) > 2:
    metrics(sys.argv[2])
    sys.exit()
json.dump([play(case) for case in json.load(sys.stdin)], sys.stdout)
