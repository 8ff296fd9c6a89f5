def evaluate(simulation, strict_replay: bool = True):
    pass
