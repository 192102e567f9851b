package readback

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
)

// fact is something that happened, found by comparing a record with what was
// known.
type fact struct {
	ID   string // the same each time it is found, so that it is kept once
	Type string
	At   time.Time // when it happened
	Data fields
	Past bool // it was so before the first load

	// Flaw is what a person has to look up, besides what decoding finds.
	Flaw core.Attention
	// Settled: what decoding finds to be missing is no news, and needs nobody's attention.
	Settled bool
}

// fields is an event's data. Empty fields are left out, so that decoding reports
// them as missing.
type fields map[string]any

// set adds text under a name unless the text is empty.
func (f fields) set(name, text string) {
	if text != "" {
		f[name] = text
	}
}

func (f fields) setDate(name string, d core.Date) { f.set(name, d.String()) }

func (f fields) setPlace(p core.Place) {
	f.set("tenant_name", p.Tenant)
	f.set("property_name", p.Property)
	f.set("unit_name", p.Unit)
}

// event writes the fact as the body of a webhook delivery and decodes that.
// usable is false when the fact's id is too long for an event.
func (f fact) event(now time.Time) (e core.Event, usable bool) {
	body, err := json.Marshal(struct {
		ID        string `json:"id"`
		Type      string `json:"type"`
		CreatedAt string `json:"created_at"`
		Data      fields `json:"data"`
	}{f.ID, f.Type, f.At.Format(time.RFC3339), f.Data})
	if err != nil {
		panic("spell a fact: " + err.Error()) // texts and numbers always encode
	}
	e, malformed := appfolio.Decode(body, now)
	if e.Attention.Reason == core.ReasonTime && f.inLivingMemory(now) {
		e.OccurredAt, e.Attention = f.At.UTC().Truncate(time.Second), core.Attention{}
	}
	e.Past = f.Past
	if f.Settled || e.Attention.IsZero() {
		e.Attention = f.Flaw
	}
	return e, malformed == ""
}

// stray is f for a record without a usable id. Its own is made of what it says.
func (f fact) stray() fact {
	says, err := json.Marshal(f.Data)
	if err != nil {
		panic("spell a record without an id: " + err.Error()) // as above
	}
	sum := sha256.Sum256(says)
	f.ID = f.Type + ":?" + hex.EncodeToString(sum[:8])
	return f
}

// contractNames are the contract's names of AppFolio's members.
var contractNames = map[string]string{
	"StartOn": "move_in_date", "MoveInOn": "move_in_date", "EndOn": "end_date", "MoveOutOn": "vacate_date", "Status": "status",
	"PropertyId": "property_id", "UnitId": "unit_id", "VendorId": "assigned_vendor", "Email": "email",
	"FirstName": "tenant_name", "LastName": "tenant_name", "LastUpdatedAt": "created_at",
}

// unreadFlaw says which of the members that a fact needs came unreadable: the first of
// them.
func unreadFlaw(unread string, needs ...string) core.Attention {
	for name := range strings.SplitSeq(unread, ",") {
		switch {
		case !slices.Contains(needs, name):
		case name == "LastUpdatedAt":
			return core.Attention{Reason: core.ReasonTime, Field: contractNames[name]}
		default:
			return core.Attention{Reason: core.ReasonWrongKind, Field: cmp.Or(contractNames[name], name)}
		}
	}
	return core.Attention{}
}

// inLivingMemory reports whether the records of an office may have such a day: there a
// lease may well be older than AppFolio, and a receipt be dated ahead.
func (f fact) inLivingMemory(now time.Time) bool {
	return f.At.Year() >= 1950 && f.At.Before(now.AddDate(1, 0, 0))
}

// noon stands for the time of things for which AppFolio only gives the day. In
// the time zones near ours noon is on the same day.
func noon(d core.Date, loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, loc)
}
