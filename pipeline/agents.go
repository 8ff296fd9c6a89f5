package pipeline

import (
	"slices"

	scaler "github.com/agentscaler/scaler"
	"github.com/agentscaler/scaler/rollout"
	"github.com/agentscaler/scaler/store"
)

// tallyAgents reports how often the agent succeeded where nothing was spoilt,
// by family, and which stage dropped the rollouts with a declared fault. A
// fault is only judged where the same task was also solved without one:
// elsewhere the rollout may have been dropped for another reason.
func tallyAgents(run *store.Run, families map[scaler.TaskID]scaler.Family, verdicts map[scaler.RolloutID]scaler.Verdict, report *scaler.Report) error {
	attempts, solved := map[string]int{}, map[scaler.TaskID]bool{}
	var faulty []scaler.Rollout
	for p, err := range store.Rows[scaler.Rollout](run, "rollouts") {
		if err != nil {
			return err
		}
		if len(p.Faults) > 0 {
			faulty = append(faulty, scaler.Rollout{ID: p.ID, Task: p.Task, Faults: p.Faults})
			continue
		}
		family := string(families[p.Task])
		attempts["attempts without faults, "+family]++
		// A copy of an earlier success is a success of the agent's too.
		if v := verdicts[p.ID]; v.Kept || v.Stage == "near_duplicate" {
			attempts["successes without faults, "+family]++
			solved[p.Task] = true
		}
	}
	caught := map[string]int{}
	for _, p := range faulty {
		if solved[p.Task] {
			caught[caughtLine(p.Faults[0], verdicts[p.ID])]++
		}
	}
	for _, counts := range []map[string]int{attempts, caught} {
		for _, line := range sortedKeys(counts) {
			report.Add(line, counts[line])
		}
	}
	return nil
}

// caughtLine says what became of a declared fault, and whether it should have.
func caughtLine(fault string, v scaler.Verdict) string {
	end, right := "kept", ", against the declaration"
	if !v.Kept {
		end = "dropped by " + v.Stage
	}
	i := slices.IndexFunc(rollout.Faults, func(f rollout.Fault) bool { return f.Name == fault })
	if i >= 0 && (slices.Contains(rollout.Faults[i].Stages, v.Stage) || len(rollout.Faults[i].Stages) == 0 && (v.Kept || v.Stage == "near_duplicate")) {
		right = ", as declared"
	}
	return "fault " + fault + ": " + end + right
}
