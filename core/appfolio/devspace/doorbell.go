package devspace

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
)

// doorbell holds the raw members of a doorbell, or of the envelope of a batch;
// nil: it is no object. AppFolio has changed the names of some members, and both
// are read.
type doorbell map[string]json.RawMessage

// batch returns the array of doorbells when d is the envelope of one. A single
// doorbell might have a list as its data, so data counts only when d has a batch_id
// or is no doorbell.
func (d doorbell) batch() (list []byte, isBatch bool) {
	names := []string{"events", "batch"}
	if d["batch_id"] != nil || d.id() == "" || d["topic"] == nil {
		names = append(names, "data")
	}
	names = slices.DeleteFunc(names, func(name string) bool { return len(d[name]) == 0 || d[name][0] != '[' })
	if len(names) != 1 {
		return nil, false // of two lists, either could be it
	}
	return d[names[0]], true
}

// under takes the account from the envelope where d names none.
func (d doorbell) under(envelope doorbell) {
	for _, name := range []string{"client_id", "database_id"} {
		if isNothing(d[name]) {
			d[name] = envelope[name]
		}
	}
}

func isNothing(raw []byte) bool {
	return len(raw) == 0 || string(raw) == "null" || string(raw) == `""`
}

func (d doorbell) id() string { return d.first("event_id", "id") }

func (d doorbell) entity() string { return d.first("resource_id", "entity_id") }

// first returns the id under name, else the one under other, else nothing.
func (d doorbell) first(name, other string) string {
	return cmp.Or(idOf(d[name]), idOf(d[other]))
}

// idOf reads a text or the digits of a number. It returns the empty string for
// anything else and for what is too long.
func idOf(raw []byte) string {
	if len(raw) > 0 && len(raw) <= longestID && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9') {
		return string(raw)
	}
	return appfolio.Text(raw, longestID)
}

// time is when the change happened, if the doorbell tells.
func (d doorbell) time() (at time.Time, known bool) {
	for _, name := range []string{"event_timestamp", "update_timestamp"} {
		if at, known = appfolio.Time(appfolio.Text(d[name], longestID)); known {
			return at, true
		}
	}
	return time.Time{}, false
}

// nobody is the account of a doorbell that names none.
const nobody = "/"

// account names the account that the doorbell belongs to, as far as it says.
func (d doorbell) account() string { return idOf(d["client_id"]) + nobody + idOf(d["database_id"]) }

// rings reports whether the doorbell belongs to the account. AppFolio's keys sign
// for every customer, so a doorbell that names no account belongs to none.
func (d doorbell) rings(account core.Space) bool {
	client := idOf(d["client_id"])
	if client == "" || client != account.ClientID {
		return false
	}
	return account.DatabaseID == "" || isNothing(d["database_id"]) || idOf(d["database_id"]) == account.DatabaseID
}
