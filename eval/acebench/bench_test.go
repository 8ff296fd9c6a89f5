package acebench

import "testing"

// A whole model's results, all 17 categories.
func BenchmarkRescore(b *testing.B) {
	d := open(b)
	dir := shared(b, "reference", "acebench-results", "en", "gold")
	for b.Loop() {
		if _, err := d.Rescore(dir, "en", ""); err != nil {
			b.Fatal(err)
		}
	}
}

// One reply through the executor of dialogues.
func BenchmarkReply(b *testing.B) {
	d := open(b)
	task, err := d.Agent("en", "agent_multi_turn_0")
	if err != nil {
		b.Fatal(err)
	}
	s, err := d.Start("en", task.Item)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		s.Run(`[view_messages_between_users(sender_name='Eve', receiver_name='Frank')]`)
	}
}

func BenchmarkStart(b *testing.B) {
	d := open(b)
	task, err := d.Agent("en", "agent_multi_step_6")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := d.Start("en", task.Item); err != nil {
			b.Fatal(err)
		}
	}
}
