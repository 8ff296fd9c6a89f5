package task

// A phrasing is one set of the forms in which people put things. The sets share
// no form, so that what an agent was built on and what it is measured on differ.
type phrasing struct {
	command []string // takes what is to be done: "cancel order W1007"
	ask     []string // takes what is asked for: "the due date of invoice INV-2"
	next    []string // takes a sentence that follows another, in lower case
	nextAsk []string // the same for what is asked for
	fact    []string // takes label and text, of what is
	wish    []string // the same, of what is to be
	mine    []string // the same, of the speaker
	hello   []string // before, with a blank behind; may be empty
	thanks  []string // after
	instead []string // takes what is to be done where the first is not possible
	misread []string // takes label and the right text
	change  []string // takes what, of what, to what
	alter   []string // the same without to what
}

// phrasings are the sets; Maker.Phrasing chooses. The built-in planner was made
// with the first, and developed on the second and fourth: only the third is held
// out from it, and stays so if nothing in the planner is fitted to it.
var phrasings = [...]phrasing{
	{
		command: []string{"I'd like to %s.", "Can you %s for me?", "Please %s.", "I need to %s.", "Could you help me %s?", "I want to %s."},
		ask:     []string{"Could you tell me %s?", "Can you look up %s for me?", "I need to know %s.", "Please tell me %s.", "Can you check %s?", "I'd like to know %s."},
		next:    []string{"Then please %s.", "After that, %s.", "I also need you to %s.", "Also, please %s."},
		nextAsk: []string{"Also tell me %s.", "After that, tell me %s.", "I'd also like to know %s."},
		fact:    []string{"The %s is %s.", "As for the %s, it's %s."},
		wish:    []string{"The %s should be %s.", "The %s is %s.", "Make the %s %s."},
		mine:    []string{"My %s is %s.", "You can find me under the %s %s."},
		hello:   []string{"", "", "", "Hi! ", "Hello, ", "Hey, "},
		thanks:  []string{"", "", "", " Thanks!", " Thank you."},
		instead: []string{"If that isn't possible, %s instead.", "If that can't be done, please %s instead."},
		misread: []string{"If that one can't be found, I misread it: the %s is %s."},
		change:  []string{"change the %s of %s to %s", "update the %s of %s to %s", "set the %s of %s to %s"},
		alter:   []string{"change the %s of %s", "update the %s of %s"},
	},
	{
		command: []string{"I was hoping you could %s.", "Any chance you could %s?", "Would you mind helping me %s?", "It's time to %s, can you take care of it?", "I have to %s.", "My request: %s."},
		ask:     []string{"I'm trying to find out %s.", "What I'm after is %s.", "Do you happen to know %s?", "Let me know %s, would you?", "I can't find %s anywhere."},
		next:    []string{"Once that's done, %s.", "Next, %s.", "While you're at it, %s.", "And when you have that, %s."},
		nextAsk: []string{"While you're at it, find out %s.", "On top of that I'm curious about %s.", "And let me have %s as well."},
		fact:    []string{"I have %[2]s as the %[1]s.", "The %s I have is %s.", "For the %s, I've got %s."},
		wish:    []string{"Use %[2]s for the %[1]s.", "%[2]s would be the %[1]s.", "For the %s, go with %s."},
		mine:    []string{"I'm registered with the %s %s.", "On file you'll have %[2]s as my %[1]s."},
		hello:   []string{"", "", "Good morning. ", "Good afternoon. ", "Sorry to bother you. "},
		thanks:  []string{"", "", " Much appreciated.", " Cheers!"},
		instead: []string{"Should that turn out not to work, %s.", "Failing that, %s."},
		misread: []string{"Should it not exist, I got it wrong and the %s really is %s."},
		change:  []string{"switch the %s of %s to %s", "make sure that the %s of %s becomes %s", "have the %s of %s changed to %s"},
		alter:   []string{"switch the %s of %s", "have the %s of %s changed"},
	},
	{
		command: []string{"Is it possible to %s today?", "Someone told me that you can %s.", "I'd appreciate it if you would %s.", "How about we %s?", "The thing is, I must %s."},
		ask:     []string{"Have you got %s on your screen?", "I've forgotten %s.", "Mind giving me %s?", "I'm missing %s.", "Remind me of %s, please."},
		next:    []string{"As soon as that is sorted, %s.", "One more thing: %s.", "Since I have you here, %s."},
		nextAsk: []string{"One more thing: remind me of %s.", "Last of all I am missing %s."},
		fact:    []string{"%[2]s is what I have as the %[1]s.", "The %s reads %s."},
		wish:    []string{"I want the %s to be %s.", "%[2]s seems right as the %[1]s."},
		mine:    []string{"I have an account with the %s %s.", "Look me up under the %s %s."},
		hello:   []string{"", "", "Good evening. ", "Hello there. "},
		thanks:  []string{"", "", " You are very kind.", " That would help a lot."},
		instead: []string{"In the event that this is refused, %s.", "Where that does not work, %s."},
		misread: []string{"Supposing there is no such thing, the correct %s is %s."},
		change:  []string{"get the %s of %s corrected to %s", "put %[3]s as the %[1]s of %[2]s"},
		alter:   []string{"get the %s of %s corrected", "replace the %s of %s"},
	},
	{
		command: []string{"I'm hoping to %s today.", "Someone has to %s and I can't do it myself.", "Hi, %s for me if you can.", "I've been meaning to %s, is that something you do?", "My plan is to %s.", "%s, that's all.", "Is there a way to %s?"},
		ask:     []string{"Quick question about %s.", "Where would I find %s?", "I'd be glad to hear %s.", "I keep wondering about %s.", "Would you read me %s?", "I forgot %s, can you see it?", "%s, if you have that."},
		next:    []string{"And one more thing: %s.", "When that's sorted, I'd want to %s.", "Also on my list: %s.", "Afterwards we should %s."},
		nextAsk: []string{"One last question, it's about %s.", "And could I hear %s too?", "Do you see %s as well?", "Oh, and %s."},
		fact:    []string{"Regarding the %s, %s is right.", "%[2]s, that's the %[1]s.", "According to my papers the %s is %s.", "It has %[2]s for its %[1]s.", "The %s, that's %s."},
		wish:    []string{"I want %[2]s for the %[1]s.", "Please put down %[2]s as the %[1]s.", "The %s ought to be %s.", "%s: %s."},
		mine:    []string{"The %s on my account is %s.", "%[2]s is what you have for my %[1]s.", "I signed up with %[2]s as %[1]s."},
		hello:   []string{"", "", "Hey there. ", "Evening! ", "Quick one. "},
		thanks:  []string{"", "", " Many thanks.", " You're a star."},
		instead: []string{"In the event that this gets refused, I'd want to %s.", "Were that out of the question, then %s.", "My plan B is to %s."},
		misread: []string{"In the event of a blank, my eyes fooled me and the %s should read %s."},
		change:  []string{"replace the %s of %s by %s", "get the %s of %s switched over to %s", "put the %s of %s at %s"},
		alter:   []string{"revise the %s of %s", "get the %s of %s switched over"},
	},
}
