package appfolio

import (
	"time"
	"unicode/utf8"

	"rentbell/core"
)

// The contract's limits, in bytes of UTF-8. Ids inside data have none there;
// the event id's is taken, so that each can be a key in the store.
const (
	longestID   = 512
	longestType = 128
)

// Decode reads a body that can be trusted: the envelope, then what is known of
// its data. malformed says why it is no event; empty: it is one. The event's
// Body is body itself.
func Decode(body []byte, received time.Time) (e core.Event, malformed core.Reason) {
	top := Members(body)
	if top == nil || !utf8.Valid(body) {
		return core.Event{}, core.ReasonNotObject
	}
	received = received.UTC()
	e = core.Event{OccurredAt: received, ReceivedAt: received, Body: body}
	if e.ID = Text(top["id"], longestID); e.ID == "" {
		return core.Event{}, core.ReasonNoID
	}
	if e.Type = Text(top["type"], longestType); e.Type == "" {
		return core.Event{}, core.ReasonNoType
	}
	if at, ok := Time(Text(top["created_at"], longestID)); ok {
		e.OccurredAt = at
	}
	e.Detail, e.Attention = detail(e.Type, top["data"])
	return e, ""
}
