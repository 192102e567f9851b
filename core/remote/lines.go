package remote

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"rentbell/core"
)

// eventLine is one line of `rentbelld events --json`. Scripts read it, so names and
// order of its members stay.
type eventLine struct {
	Seq        uint64          `json:"seq"`
	ID         string          `json:"id"`
	Type       string          `json:"type"`
	OccurredAt string          `json:"occurred_at"`
	ReceivedAt string          `json:"received_at"`
	Data       json.RawMessage `json:"data"`
}

// quarantineLine is one line of `rentbelld events --quarantine --json`.
type quarantineLine struct {
	Seq        uint64      `json:"seq"`
	ReceivedAt string      `json:"received_at"`
	Reason     core.Reason `json:"reason"`
	BodyBase64 string      `json:"body_base64"`
}

// WriteEvents writes every event as a JSON object on a line of its own, oldest
// first. It streams; after an error w holds part of the lines.
func WriteEvents(ctx context.Context, w io.Writer, r core.Reader) error {
	err := writeLines(w, func(write func(any) error) error {
		return r.Each(ctx, core.Query{}, func(e core.Event) error {
			return write(eventLine{
				Seq: e.Seq, ID: e.ID, Type: e.Type,
				OccurredAt: lineTime(e.OccurredAt), ReceivedAt: lineTime(e.ReceivedAt),
				Data: bytes.ToValidUTF8(e.Data(), []byte("\ufffd")), // JSON must be UTF-8, a delivery need not be
			})
		})
	})
	if err != nil {
		return fmt.Errorf("write events: %w", err)
	}
	return nil
}

// WriteQuarantine writes every quarantined delivery as a JSON object on a line
// of its own, oldest first. It streams as WriteEvents does.
func WriteQuarantine(ctx context.Context, w io.Writer, r core.Reader) error {
	err := writeLines(w, func(write func(any) error) error {
		return r.EachQuarantined(ctx, func(q core.Quarantined) error {
			return write(quarantineLine{q.Seq, lineTime(q.ReceivedAt), q.Reason, base64.StdEncoding.EncodeToString(q.Body)})
		})
	})
	if err != nil {
		return fmt.Errorf("write quarantine: %w", err)
	}
	return nil
}

// answerBuffer is large enough that an answer is written in few system calls.
const answerBuffer = 64 << 10

// writeLines gives produce a function that writes a value as one line. It does not
// escape text for HTML, so that numbers and names stay as they were sent.
func writeLines(w io.Writer, produce func(write func(any) error) error) error {
	buffered := bufio.NewWriterSize(w, answerBuffer)
	lines := json.NewEncoder(buffered)
	lines.SetEscapeHTML(false)
	if err := produce(lines.Encode); err != nil {
		return err
	}
	return buffered.Flush()
}

func lineTime(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }
