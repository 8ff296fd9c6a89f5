package sandbox

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"

	"github.com/agentscaler/scaler"
)

// Host and worker exchange frames over pipes: four bytes of length, then JSON.
// The first request opens the world; every later one is a call.

// An opening is the first request: all that a worker needs of a world.
type opening struct {
	World   scaler.World
	Schema  scaler.Schema
	Code    string
	Rows    []scaler.Row
	Options Options
}

// An errand is one call. Mirror names the state it starts from, which a worker
// may still have; Next names the state that a change leads to.
type errand struct {
	Mirror, Next uint64
	State        []edit `json:",omitempty"` // against the base; with Full, in place of Mirror
	Full         bool   `json:",omitempty"`
	Seed         uint64
	Tool         string
	Arguments    json.RawMessage
}

// An edit sets a row of a table, or removes it where there is no row.
type edit struct {
	Table int
	Key   string
	Row   json.RawMessage `json:",omitempty"`
}

// An answer is the reply to either request.
type answer struct {
	Error   string          `json:",omitempty"` // the world does not open
	Missing bool            `json:",omitempty"` // send the full state
	Value   json.RawMessage `json:",omitempty"`
	Refused *Refusal        `json:",omitempty"`
	Edits   []edit          `json:",omitempty"`
	Steps   uint64
}

func writeFrame(w io.Writer, v any) error {
	body, err := json.Marshal(v)
	if err != nil {
		return err
	}
	frame := make([]byte, 4, 4+len(body))
	binary.LittleEndian.PutUint32(frame, uint32(len(body)))
	_, err = w.Write(append(frame, body...))
	return err
}

func readFrame(r io.Reader, most int, v any) error {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	n := int(binary.LittleEndian.Uint32(head[:]))
	if n > most {
		return fmt.Errorf("a frame of %d bytes is too long", n)
	}
	body := make([]byte, n)
	if _, err := io.ReadFull(r, body); err != nil {
		return err
	}
	return json.Unmarshal(body, v)
}
