package readback

import (
	"encoding/json"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
)

// Types of facts that the contract has no word for. They show under Activity.
const (
	typeMovedIn  = "tenant.moved_in"
	typeNotice   = "tenant.notice"
	typeMovedOut = "tenant.moved_out"
)

// fact is something that comparing has found.
type fact struct {
	ID   string // the same whenever it is found
	Type string
	At   time.Time // when it happened
	Data fields
	Past bool // it was so before we read for the first time
}

// fields is an event's data. What is empty is left out: the contract's decoder
// then says what is missing.
type fields map[string]any

// set puts text where there is some.
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

// event spells a fact as a delivery of the contract, and reads it as one. Not
// usable is one whose id is beyond what the contract takes.
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
	e.Past = f.Past
	return e, malformed == ""
}

// noon of a day stands for the time of what AppFolio only gives the day of: no
// reader's time zone makes another day of it that is near ours.
func noon(d core.Date, loc *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, loc)
}
