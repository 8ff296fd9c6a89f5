SYSTEM_PROMPT = """
{global_user_sim_guidelines_with_persona}
[you] {instructions}
""".strip()
