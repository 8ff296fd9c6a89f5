package fake

import (
	"embed"
	"io/fs"
	"slices"
	"strings"
	"sync"

	"github.com/agentscaler/scaler"
)

// The folder clouds says what things of computers are called and hold: all.txt
// everywhere, the others in one cloud, or where source code is kept. Its folder
// subjects says what work services of a kind are used for: words for {work}. To
// add a kind of thing, add a line; a kind of service, a file.
//
//go:embed clouds/*.txt clouds/subjects/*.txt
var cloudFiles embed.FS

var allClouds = sync.OnceValue(func() map[string]*trade {
	out := map[string]*trade{}
	for _, pattern := range []string{"clouds/*.txt", "clouds/subjects/*.txt"} {
		files, err := fs.Glob(cloudFiles, pattern)
		if err != nil {
			panic(err) // the pattern is a constant
		}
		for _, file := range files {
			text, err := cloudFiles.ReadFile(file)
			if err != nil {
				panic(err) // it is part of this binary
			}
			name := strings.TrimSuffix(strings.TrimPrefix(file, "clouds/"), ".txt")
			if out[name], err = readTrade(name, string(text)); err != nil {
				panic(err) // a test reads every file
			}
		}
	}
	return out
})

// cloudTrades are those that a world of computers is asked first.
func (in Setting) cloudTrades() []*trade {
	name := in.Cloud
	if in.Code && name == "" {
		name = "code"
	}
	var out []*trade
	if t := allClouds()[name]; t != nil {
		out = append(out, t)
	}
	return append(out, allClouds()["all"])
}

// enoughOfSubject is how much has to speak for what a service is used for, and
// enoughOfEach how much each tool and table says on average.
const (
	enoughOfSubject = 6
	enoughOfEach    = 0.9
)

// workOf returns words for what the world's services are used for, as their own
// words tell; none where they do not.
func workOf(s scaler.Schema, tools []scaler.WorldTool) []string {
	best, most := "", 0.0
	for _, name := range sorted(allClouds()) {
		subject := allClouds()[name]
		if !strings.HasPrefix(name, "subjects/") {
			continue
		}
		sum := 0.0
		for _, t := range tools {
			sum += subject.spokenOf(string(t.Tool)) + float64(subject.spokenOf(t.Description)*0.5)
		}
		for _, t := range s.Tables {
			sum += subject.spokenOf(t.Entity)
		}
		if share := sum / float64(len(tools)+len(s.Tables)); sum >= enoughOfSubject && share >= enoughOfEach && share > most {
			best, most = name, share
		}
	}
	if best == "" {
		return nil
	}
	return allClouds()[best].lists["work"]
}

// spokenOf says how strongly a text speaks for a trade: once, however often.
func (t *trade) spokenOf(text string) float64 {
	most := 0.0
	eachPhrase(text, func(phrase string) { most = max(most, t.tells[phrase]) })
	return most
}

// works are words for what things here are used for.
func (m *Maker) works() []string {
	if len(m.In.work) > 0 {
		return m.In.work
	}
	return allClouds()["all"].lists["work"]
}

// kindName is what a thing of computers is called, by what kind of thing it is;
// empty where nothing is known of the kind.
func (m *Maker) kindName(s *Shape) string {
	t, list := m.In.namesOf(s)
	if list == nil {
		return ""
	}
	return m.expand(m.one(list), t, s)
}

// namesOf finds the names for the kind of thing that a value belongs to, by the
// last two words for it, then by the last.
func (in Setting) namesOf(s *Shape) (*trade, []string) {
	if !in.Technical {
		return nil, nil
	}
	list := owners(s)
	for i := range heads(s) {
		kinds := []string{list[i]}
		if i+1 < len(list) {
			kinds = append([]string{list[i+1] + " " + list[i]}, kinds...)
		}
		for _, kind := range kinds {
			for _, t := range in.cloudTrades() {
				if names := t.names[kind]; names != nil {
					return t, names
				}
			}
		}
	}
	return nil, nil
}

// workIn is the word for its use that a name holds, else another.
func (m *Maker) workIn(name string) string {
	if i := slices.IndexFunc(m.works(), func(w string) bool { return strings.Contains(name, w) }); i >= 0 {
		return m.works()[i]
	}
	return m.one(m.works())
}

// tidy is a name as it stands in a path: as it is where it has no spaces.
func tidy(name string) string {
	if plainID.MatchString(name) {
		return name
	}
	return slugged(name)
}
