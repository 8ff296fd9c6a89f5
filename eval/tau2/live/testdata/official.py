"""Plays scripted conversations with the official code of a tau2-bench checkout.

usage: official.py CHECKOUT < scripts > what happened
       official.py CHECKOUT FILE ... > the rewards that the official classes read in result files

Modules that talk to models, make speech or draw tables are stubs; what asks a
model replies by the script and writes down what it was asked.
"""
import enum, hashlib, importlib, importlib.abc, importlib.machinery, json, os, pickle, sys, tomllib, types, warnings

warnings.simplefilter("ignore")
root = sys.argv[1]
source = os.path.join(root, "src")
os.environ["TAU2_DATA_DIR"] = os.path.join(root, "data")
STUBS = """addict deepdiff docstring_parser httpx langfuse litellm numpy pandas redis rich tenacity yaml tau2.agent.base.streaming
tau2.agent.base.voice tau2.data_model.audio_effects tau2.data_model.voice tau2.data_model.voice_personas tau2.domains.banking_knowledge tau2.gym
tau2.knowledge tau2.metrics tau2.registry tau2.runner tau2.utils.display tau2.utils.llm_utils tau2.voice tau2.voice_config""".split()


def module(name, **names):
    m = types.ModuleType(name)
    m.__dict__.update(names)
    sys.modules[name] = m
    return m


class Stub(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        import pydantic

        made = type(name, (pydantic.BaseModel,), {"__module__": "stub", "__class_getitem__": classmethod(lambda c, _: c)})
        setattr(self, name, made)
        return made


class Stubs(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if any(name == s or name.startswith(s + ".") for s in STUBS):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        m = Stub(spec.name)
        m.__path__ = []
        return m

    def exec_module(self, m):
        pass


class Quiet:
    def __getattr__(self, name):
        return lambda *a, **k: None


class Docstring:
    short_description, long_description, returns = "", None, None
    params, raises, examples = [], [], []


sys.meta_path.insert(0, Stubs())
sys.path.insert(0, source)
module("loguru", logger=Quiet())
module("toml", load=lambda f: tomllib.loads(f.read()), dump=None)
module("dotenv", load_dotenv=lambda *a, **k: True)
for package in "tau2 tau2.agent tau2.agent.base tau2.data_model tau2.domains tau2.environment tau2.evaluator tau2.orchestrator tau2.user".split():
    folder = os.path.join(source, *package.split("."))
    if os.path.isdir(folder):
        module(package).__path__ = [folder]
import addict, docstring_parser
import tau2.utils.llm_utils as models

addict.Dict = type("Dict", (dict,), {"to_dict": dict})
docstring_parser.parse = lambda text: Docstring()
models.get_cost = lambda messages: (0.0, 0.0)
script, turn, asked = {}, {}, []


def wire(m):
    """A message as it goes to a model; long system prompts by their hash."""
    if m.role == "system":
        return {"role": "system", "content": hashlib.sha256(m.content.encode()).hexdigest()}
    out = {"role": m.role, "content": m.content or None}
    if m.role == "assistant":
        out["calls"] = [[c.id, c.name, json.dumps(c.arguments)] for c in m.tool_calls or []]
    if m.role == "tool":
        out.update(id=m.id, content=m.content)
    return out


def generate(model, messages, tools=None, tool_choice=None, **arguments):
    from tau2.data_model.message import AssistantMessage, ToolCall

    role = model if model in ("agent", "user") else "judge"
    asked.append({"role": role, "messages": [wire(m) for m in messages], "choice": tool_choice, "tools": [t.name for t in tools or []],
                  "seed": arguments.get("seed", 0), "temperature": arguments["temperature"]})
    lines = script[role]
    line = lines[min(turn.get(role, 0), len(lines) - 1)]
    turn[role] = turn.get(role, 0) + 1
    calls = [ToolCall(id=c["id"], name=c["name"], arguments=json.loads(c["arguments"])) for c in line.get("calls") or []]
    return AssistantMessage(role="assistant", content=line.get("content"), tool_calls=calls or None)


models.generate = generate


def domains():
    """Environments with data that is loaded once, and tasks."""
    made, tasks = {}, {}
    for name, database in (("retail", "RetailDB"), ("airline", "FlightDB"), ("telecom", "TelecomDB")):
        package = "tau2.domains." + name
        build = importlib.import_module(package + ".environment").get_environment
        path = getattr(importlib.import_module(package + ".utils"), name.upper() + "_DB_PATH")
        data = pickle.dumps(getattr(importlib.import_module(package + ".data_model"), database).load(path))
        made[name] = lambda solo_mode=False, build=build, data=data: build(db=pickle.loads(data), solo_mode=solo_mode)
        with open(os.path.join(root, "data", "tau2", "domains", name, "tasks.json")) as f:
            tasks[name] = {t["id"]: t for t in json.load(f)}
    return made, tasks


def nobody(dummy):
    try:
        return dummy()
    except TypeError:  # v1.0.0
        return dummy(llm="user")


def play(case, environments, task):
    from tau2.agent.llm_agent import LLMAgent, LLMSoloAgent
    from tau2.evaluator.evaluator import EvaluationType, evaluate_simulation
    from tau2.orchestrator.orchestrator import Orchestrator
    from tau2.user.user_simulator import DummyUser, UserSimulator

    env = environments[case["domain"]](solo_mode=case["solo"])
    try:
        user_tools = env.get_user_tools()
    except ValueError:
        user_tools = None
    asks = {"llm_args": {"temperature": 0.0}}
    if case["solo"]:
        agent, user = LLMSoloAgent(env.get_tools() + user_tools, env.get_policy(), task=task, llm="agent", **asks), nobody(DummyUser)
    else:
        agent = LLMAgent(env.get_tools(), env.get_policy(), llm="agent", **asks)
        user = UserSimulator(tools=user_tools, instructions=str(task.user_scenario), llm="user", **asks)
    simulation = Orchestrator(case["domain"], agent, user, env, task, max_steps=case["max_steps"], max_errors=case["max_errors"], seed=case["seed"],
                              solo_mode=case["solo"], **({"validate_communication": True} if case["protocol"] else {})).run()
    counts = {c.value for c in task.evaluation_criteria.reward_basis}
    kind = EvaluationType.ALL_WITH_NL_ASSERTIONS if "NL_ASSERTION" in counts else EvaluationType.ALL
    reward = evaluate_simulation(simulation=simulation, task=task, evaluation_type=kind, solo_mode=case["solo"], domain=case["domain"])
    fields = {"role", "content", "tool_calls", "id", "requestor", "error"}
    return {
        "ended": getattr(simulation.termination_reason, "value", simulation.termination_reason),
        "messages": [json.loads(m.model_dump_json(include=fields)) for m in simulation.messages],
        "reward": reward.reward,
        "db": reward.db_check and reward.db_check.db_match,
        "actions": [c.action_match for c in reward.action_checks or []],
        "assertions": [c.met for c in reward.env_assertions or []],
        "communicate": [c.met for c in reward.communicate_checks or []],
    }


def main():
    import tau2.registry
    from tau2.data_model.tasks import Task

    if len(sys.argv) > 2:
        from tau2.data_model.simulation import Results

        read = [Results.model_validate_json(open(name).read()) for name in sys.argv[2:]]
        return [[s.reward_info.reward for s in r.simulations] for r in read]
    environments, tasks = domains()
    tau2.registry.registry = types.SimpleNamespace(get_env_constructor=environments.__getitem__)
    phone = importlib.import_module("tau2.domains.telecom.user_tools").TelecomUserTools
    fine = importlib.import_module("tau2.domains.telecom.user_data_model").PerformanceLevel.EXCELLENT
    done = []
    for case in json.load(sys.stdin):
        phone.default_vpn_details.server_performance = fine  # one object for the whole process
        script.clear(), turn.clear(), asked.clear()
        script.update(agent=case["agent"], user=case["user"], judge=case["judge"])
        try:
            happened = play(case, environments, Task.model_validate(tasks[case["domain"]][case["task"]]))
        except Exception as e:
            happened = {"exception": f"{type(e).__name__}: {e}"}
        done.append({**happened, "asked": list(asked)})
    return done


json.dump(main(), sys.stdout)
