"""Times tau2-bench's own code, for BenchmarkOfficial: speed.py CHECKOUT DB DOMAIN CALLS.

CALLS is JSON: {"read": [tool, arguments], "write": [[tool, arguments], [tool, arguments]]}. Prints nanoseconds of processor time as JSON. A call
goes the way it goes in a simulation: from the text of its arguments, through the environment, to the text of its result.
What of the package is not needed here (models, voice, gym) need not be installed: it is stood in for.
"""
import copy, importlib, importlib.abc, importlib.machinery, json, statistics, sys, time, types, warnings

warnings.simplefilter("ignore")
checkout, db_path, domain, calls = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
sys.path.insert(0, checkout + "/src")


class StandIn(types.ModuleType):
    """A module of which every name is a model without fields."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        import pydantic
        made = type(name, (pydantic.BaseModel,), {"__module__": self.__name__})
        setattr(self, name, made)
        return made


class Quiet:
    def __getattr__(self, name):
        return lambda *args, **kwargs: None


ABSENT = ("deepdiff", "pandas", "litellm", "tenacity", "docstring_parser", "numpy", "tau2.voice", "tau2.voice_config", "tau2.utils.llm_utils",
          "tau2.agent", "tau2.user", "tau2.data_model.audio_effects", "tau2.data_model.voice", "tau2.data_model.voice_personas",
          "tau2.knowledge", "tau2.registry", "tau2.gym", "tau2.orchestrator", "tau2.runner")


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if any(name == n or name.startswith(n + ".") for n in ABSENT):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec):
        module = StandIn(spec.name)
        module.__path__ = []
        return module

    def exec_module(self, module):
        pass


def stand_in(name, **names):
    module = types.ModuleType(name)
    module.__dict__.update(names)
    sys.modules[name] = module


class Names(dict):
    pass


sys.meta_path.insert(0, Finder())
stand_in("loguru", logger=Quiet())
stand_in("toml", load=None, dump=None)
stand_in("dotenv", load_dotenv=lambda *a, **k: True)
stand_in("addict", Dict=Names)

package = types.ModuleType("tau2")  # without its __init__, which imports everything
package.__path__ = [checkout + "/src/tau2"]
sys.modules["tau2"] = package

data = importlib.import_module(f"tau2.domains.{domain}.data_model")
tools = importlib.import_module(f"tau2.domains.{domain}.tools")
Environment = importlib.import_module("tau2.environment.environment").Environment
ToolCall = importlib.import_module("tau2.data_model.message").ToolCall
DB = {"retail": "RetailDB", "airline": "FlightDB"}[domain]
Tools = {"retail": "RetailTools", "airline": "AirlineTools"}[domain]


def construct():
    return getattr(tools, Tools)(getattr(data, DB).load(db_path))


def timed(do, repeats, rounds=5):
    """The median of some rounds, of a mean of repeats each."""
    taken = []
    for _ in range(rounds):
        began = time.process_time_ns()
        for i in range(repeats):
            do(i)
        taken.append((time.process_time_ns() - began) / repeats)
    return statistics.median(taken)


def different(a, b):
    """Rows of two states that differ, and in which fields."""
    out = []
    for table in type(a).model_fields:
        rows, others = getattr(a, table), getattr(b, table)
        if isinstance(rows, dict):
            for key in rows:
                if rows[key] != others.get(key):
                    one, two = rows[key].model_dump(), others[key].model_dump()
                    out.append((table, key, [f for f in one if one[f] != two[f]]))
    return out


kit = construct()
start = copy.deepcopy(kit.db)
environment = Environment(domain_name=domain, policy="", tools=kit)
reads, writes = [calls["read"]], calls["write"]


def call(name, arguments):
    answer = environment.get_response(ToolCall(id="1", name=name, arguments=json.loads(arguments), requestor="assistant"))
    assert not answer.error, answer.content
    return answer.content


out = {
    "open": timed(lambda i: construct(), 3),
    "reset": timed(lambda i: construct(), 3),
    "reset-deepcopy": timed(lambda i: copy.deepcopy(start), 2),
    "read": timed(lambda i: call(*reads[0]), 1000),
    "write": timed(lambda i: call(*writes[i % 2]), 1000),
    "digest": timed(lambda i: environment.get_db_hash(), 3),
    "diff": timed(lambda i: different(kit.db, start), 3),
}
assert len(different(kit.db, start)) == 1
print(json.dumps(out))
