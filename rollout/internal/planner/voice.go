package planner

import (
	"strconv"
	"strings"

	scaler "github.com/agentscaler/scaler"
)

// A voice words what the planner says. The same place in the same conversation
// gets the same words; another seed gets others.
type voice struct {
	seed uint64
	at   int // how far the conversation is
}

func (v voice) pick(what string, forms ...string) string {
	return forms[scaler.Rand(v.seed, what, strconv.Itoa(v.at)).IntN(len(forms))]
}

func (v voice) question(p *param, which string) string {
	the := "the " + which + p.label
	text := v.pick("question", "Could you give me %?", "Could you tell me %, please?", "Sure. What is %?", "I can help with that. May I have %?", "To do that I need %. Could you give it to me?")
	text = strings.Replace(text, "%", the, 1)
	if len(p.enum) > 0 && len(p.enum) <= 8 {
		var choices []string
		for _, e := range p.enum {
			choices = append(choices, say(e))
		}
		text += " It can be " + strings.Join(choices, ", ") + "."
	}
	return text
}

func (v voice) anyOf(labels []string) string {
	list := "the " + strings.Join(labels, ", or the ")
	return strings.Replace(v.pick("any", "Then I have to look it up. Could you tell me %?", "I can search for it. Do you know %?", "No problem. Can you give me %?"), "%", list, 1)
}

func (v voice) wishes(labels []string) string {
	list := "the " + strings.Join(labels, ", or the ")
	return strings.Replace(v.pick("wishes", "Before I do that: do you have any wishes for %?", "Is there anything that I should put down for %?", "Is there anything to note for %?"), "%", list, 1)
}

func (v voice) check(p *param, said string) string {
	text := v.pick("check", "I can't find anything under #. Could you check the %?", "There is nothing under #. Can you look again and tell me the %?")
	return strings.Replace(strings.Replace(text, "%", p.label, 1), "#", said, 1)
}

func (v voice) done(deed string) string {
	return strings.Replace(v.pick("done", "Done: % went through.", "That is done (%).", "I have taken care of it: %.", "All set: % succeeded."), "%", deed, 1)
}

func (v voice) found() string {
	return v.pick("found", "Here is what I found:", "I looked it up.", "I have checked that for you.", "Here you go:")
}

func (v voice) none() string {
	return v.pick("none", "I looked, but there is nothing that fits.", "I found nothing like that.", "There are no matching entries.")
}

func (v voice) refused(deed, reason string) string {
	text := v.pick("refused", "I'm sorry, I can't do that (%): #.", "Unfortunately % is not possible: #.", "I'm afraid that can't be done (%). The reason: #.")
	return strings.Replace(strings.Replace(text, "%", deed, 1), "#", reason, 1)
}

func (v voice) lacking(deed, what string) string {
	text := v.pick("lacking", "I'm sorry, I can't do that (%) without the #.", "Unfortunately I could not find the # that % needs.")
	return strings.Replace(strings.Replace(text, "%", deed, 1), "#", what, 1)
}

func (v voice) noGoal() string {
	return v.pick("nothing", "I'm sorry, I have no tool for that.", "I'm afraid that is nothing I can do here.")
}
