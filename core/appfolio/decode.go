package appfolio

import (
	"time"

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
	top, ok := parseObject(body)
	if !ok {
		return core.Event{}, core.ReasonNotObject
	}
	received = received.UTC()
	e = core.Event{OccurredAt: received, ReceivedAt: received, Body: body}
	if e.ID, ok = textOf(top.member("id"), longestID); !ok {
		return core.Event{}, core.ReasonNoID
	}
	if e.Type, ok = textOf(top.member("type"), longestType); !ok {
		return core.Event{}, core.ReasonNoType
	}
	if created, ok := textOf(top.member("created_at"), longestID); ok {
		if at, ok := parseTime(created); ok {
			e.OccurredAt = at
		}
	}
	e.Detail, e.Attention = detail(e.Type, top.member("data"))
	return e, ""
}

// parseObject reads text that must be one JSON object in UTF-8 (RFC 8259) with
// nothing but space around it.
func parseObject(text []byte) (o object, ok bool) {
	start := skipSpace(text, 0)
	if start == len(text) || text[start] != '{' || !IsJSON(text) {
		return o, false
	}
	o.read(text[start:])
	return o, true
}

// textOf decodes raw, which must be a string of 1 to longest bytes.
func textOf(raw []byte, longest int) (string, bool) {
	if len(raw) == 0 || raw[0] != '"' {
		return "", false
	}
	text, ok := unquote(raw)
	return text, ok && text != "" && len(text) <= longest
}
