package filter

// The reasons for which a rollout is dropped, by stage.
const (
	ReplayFailed = "replay_failed" // the calls could not be run again at all

	// validity
	Failed             = "failed"             // a model or the sandbox failed while it was played
	TooLong            = "too_long"           // a limit on turns or tokens ended it
	NotAlternating     = "not_alternating"    // the parts do not take turns
	EmptyTurn          = "empty_turn"         // somebody said nothing
	StoppedSilently    = "stopped_silently"   // the agent left the user without a last word
	MalformedCall      = "malformed_call"     // arguments are not a JSON object, or ids do not match
	UnknownTool        = "unknown_tool"       // a tool that was not offered
	Repetitive         = "repetitive"         // the same words over and over
	Looping            = "looping"            // the same call over and over
	NotReproduced      = "not_reproduced"     // a tool answers otherwise than the conversation says
	WrongDigestClaimed = "wrong_digest_claim" // the calls lead elsewhere than the rollout says

	// state
	NothingDone = "nothing_done" // no row changed where some had to
	MissingRow  = "missing_row"  // a gold change was not made
	ExtraRow    = "extra_row"    // a row changed that had to stay
	WrongValue  = "wrong_value"  // the right rows changed, and not as they had to

	// exact
	OtherCalls    = "other_calls"    // the calls are not the gold calls
	LookupMissing = "lookup_missing" // an answer was not looked up

	// reply
	FactMissing = "fact_missing" // the reply lacks a fact, or states it wrongly
	NotRefused  = "not_refused"  // nothing tells the user that the request is refused

	// across rollouts
	NearDuplicate    = "near_duplicate"    // an earlier rollout is nearly the same
	BenchmarkOverlap = "benchmark_overlap" // a passage stands in a benchmark
)
