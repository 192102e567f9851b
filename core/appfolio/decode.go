package appfolio

import (
	"encoding/json"
	"time"
	"unicode/utf8"

	"rentbell/core"
)

// Limits in bytes of UTF-8. Every id is held to the same one, so that each can be
// a key in the store.
const (
	longestID   = 512
	longestType = 128
)

// Decode reads a body that is already verified: the envelope, then the data of the
// types Rentbell knows. malformed says why body is no event, and is empty when it
// is one. The event's Body is body itself. An event whose created_at cannot be right
// happened when it was received, and needs attention.
func Decode(body []byte, received time.Time) (e core.Event, malformed core.Reason) {
	if !utf8.Valid(body) || !json.Valid(body) {
		return core.Event{}, core.ReasonNotObject
	}
	top := membersOf(body)
	if top == nil {
		return core.Event{}, core.ReasonNotObject
	}
	received = received.UTC()
	e = core.Event{OccurredAt: received, ReceivedAt: received, Body: body}
	if e.ID = Text(top.of("id"), longestID); e.ID == "" {
		return core.Event{}, core.ReasonNoID
	}
	if e.Type = Text(top.of("type"), longestType); e.Type == "" {
		return core.Event{}, core.ReasonNoType
	}
	e.Detail, e.Attention = detail(e.Type, top.of("data"))
	if created := top.of("created_at"); !isNothing(created) {
		at, ok := Time(Text(created, longestID))
		if ok && IsPlausible(at, received) {
			e.OccurredAt = at
		} else if e.Attention.IsZero() {
			e.Attention = core.Attention{Reason: core.ReasonTime, Field: "created_at"}
		}
	}
	return e, ""
}
