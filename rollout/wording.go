package rollout

// A wording is one set of the ways in which the scripted user puts things.
type wording struct {
	one     []string // one fact
	part    string   // one of several facts in a sentence
	yes     []string
	unknown []string
}

// wordings go with the phrasings of tasks: the set that the planner was made
// with, one that it was developed on, the one held out from it, and another that
// it was developed on.
var wordings = [...]wording{
	{
		one:     []string{"It's {text}.", "The {label} is {text}.", "Sure, it's {text}.", "{text}.", "That is {text}."},
		part:    "the {label} is {text}",
		yes:     []string{"Yes, please.", "Yes, go ahead.", "That's right, please do."},
		unknown: []string{"I don't know that, sorry.", "I'm afraid I don't have that.", "I have no idea.", "I'm not sure about that."},
	},
	{
		one:     []string{"{text}, that should be the {label}.", "For the {label} I have {text}.", "My notes say {text}.", "Let me see... {text}.", "You can use {text}."},
		part:    "for the {label} it's {text}",
		yes:     []string{"Correct.", "Absolutely.", "Sounds good to me."},
		unknown: []string{"No clue, I'm afraid.", "That I can't tell you.", "I haven't got that at hand.", "I wouldn't know."},
	},
	{
		one:     []string{"{text} is what it says here.", "{text} for the {label}.", "That one is {text}.", "I wrote down {text}.", "It reads {text}."},
		part:    "{text} as the {label}",
		yes:     []string{"Do it.", "That's fine by me."},
		unknown: []string{"You would have to find that out.", "I never wrote that down.", "Nobody told me that.", "I can't help you there."},
	},
	{
		one:     []string{"I think it was {text}.", "{label}: {text}.", "I'd say {text}.", "As far as I know it's {text}.", "Here: {text}", "One moment. It reads {text}.", "You should see {text} as the {label}."},
		part:    "{text} as the {label}",
		yes:     []string{"Do it.", "Yep.", "I agree."},
		unknown: []string{"Hmm, can't help you there.", "I never wrote that down.", "Nobody told me.", "Sorry, that's not something I know.", "I'd have to guess."},
	},
}
