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
// nil: it is no object. AppFolio has spelt some of the names in two ways.
type doorbell map[string]json.RawMessage

// batch returns the array of an object that is the envelope of one. A doorbell
// of its own might have a list for its data, so data makes an envelope only of
// what is named a batch or could not ring.
func (d doorbell) batch() (list []byte, isBatch bool) {
	names := []string{"events", "batch"}
	if d["batch_id"] != nil || d.id() == "" || d["topic"] == nil {
		names = append(names, "data")
	}
	names = slices.DeleteFunc(names, func(name string) bool { return len(d[name]) == 0 || d[name][0] != '[' })
	if len(names) != 1 {
		return nil, false // with two lists nobody can tell
	}
	return d[names[0]], true
}

// under fills in what the envelope says of the account for all its doorbells.
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

// first is the first of two members that is an id; empty: neither.
func (d doorbell) first(name, other string) string {
	return cmp.Or(idOf(d[name]), idOf(d[other]))
}

// idOf reads text, or a number digit for digit; empty: raw is neither, or too long.
func idOf(raw []byte) string {
	if len(raw) > 0 && len(raw) <= longestID && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9') {
		return string(raw)
	}
	return appfolio.Text(raw, longestID)
}

// time is when it happened, where the doorbell tells.
func (d doorbell) time() (at time.Time, known bool) {
	for _, name := range []string{"event_timestamp", "update_timestamp"} {
		if at, known = appfolio.Time(appfolio.Text(d[name], longestID)); known {
			return at, true
		}
	}
	return time.Time{}, false
}

// rings reports whether the doorbell is this account's. AppFolio's keys sign
// for every customer, so one that does not say whose it is is nobody's.
func (d doorbell) rings(account core.Space) bool {
	client := idOf(d["client_id"])
	if client == "" || client != account.ClientID {
		return false
	}
	return account.DatabaseID == "" || isNothing(d["database_id"]) || idOf(d["database_id"]) == account.DatabaseID
}
