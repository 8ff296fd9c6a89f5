class NLAssertionsEvaluator:
    @classmethod
    def evaluate_nl_assertions(cls, trajectory, nl_assertions):
        lines = "\n".join([m.content for m in trajectory])
        system_prompt = """
        Judge what was said. Answer like {"results": []}.
        """
        user_prompt = f"""
        talk:
        {trajectory_str}
        wanted:
        {nl_assertions}
        """
        return None
