package devspace

import (
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
)

// doorbell holds the raw values of an object's known members; of a name that
// comes twice the last counts, as in JSON.parse. AppFolio has spelt some of
// them in two ways.
type doorbell struct {
	eventID, plainID                []byte
	topic, eventType                []byte
	resourceID, entityID            []byte
	eventTimestamp, updateTimestamp []byte
	clientID, databaseID            []byte

	// Of the envelope of a batch.
	batchID, events, data, list []byte
}

// read takes an object apart that appfolio.IsJSON has seen.
func read(object []byte) doorbell {
	var d doorbell
	for name, value := range appfolio.Members(object) {
		if member := d.member(string(name)); member != nil {
			*member = value
		}
	}
	return d
}

// member is where the value under a name goes; nil: nowhere.
func (d *doorbell) member(name string) *[]byte {
	switch name {
	case "event_id":
		return &d.eventID
	case "id":
		return &d.plainID
	case "topic":
		return &d.topic
	case "event_type":
		return &d.eventType
	case "resource_id":
		return &d.resourceID
	case "entity_id":
		return &d.entityID
	case "event_timestamp":
		return &d.eventTimestamp
	case "update_timestamp":
		return &d.updateTimestamp
	case "client_id":
		return &d.clientID
	case "database_id":
		return &d.databaseID
	}
	return d.envelopeMember(name)
}

func (d *doorbell) envelopeMember(name string) *[]byte {
	switch name {
	case "batch_id":
		return &d.batchID
	case "events":
		return &d.events
	case "data":
		return &d.data
	case "batch":
		return &d.list
	}
	return nil
}

// batch returns the array of an object that is the envelope of one. A doorbell
// of its own might have a list for its data: that makes an envelope only of what
// is named a batch or could not ring.
func (d *doorbell) batch() (list []byte, isBatch bool) {
	candidates := [][]byte{d.events, d.list}
	if d.batchID != nil || d.id() == "" || d.topic == nil {
		candidates = append(candidates, d.data)
	}
	for _, value := range candidates {
		if len(value) == 0 || value[0] != '[' {
			continue
		}
		if isBatch {
			return nil, false // two lists: nobody can tell
		}
		list, isBatch = value, true
	}
	return list, isBatch
}

// under fills in what the envelope says for all its doorbells.
func (d *doorbell) under(envelope doorbell) {
	if isNothing(d.clientID) {
		d.clientID = envelope.clientID
	}
	if isNothing(d.databaseID) {
		d.databaseID = envelope.databaseID
	}
}

func isNothing(raw []byte) bool {
	return len(raw) == 0 || string(raw) == "null" || string(raw) == `""`
}

func (d *doorbell) id() string { return first(d.eventID, d.plainID) }

func (d *doorbell) entity() string { return first(d.resourceID, d.entityID) }

// first is the first of two members that is an id; empty: neither.
func first(one, other []byte) string {
	if id := idOf(one); id != "" {
		return id
	}
	return idOf(other)
}

// idOf reads text, or a number digit for digit; empty: raw is neither, or too long.
func idOf(raw []byte) string {
	if len(raw) > 0 && len(raw) <= longestID && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9') {
		return string(raw)
	}
	return appfolio.Text(raw, longestID)
}

// time is when it happened, where the doorbell tells.
func (d *doorbell) time() (at time.Time, known bool) {
	for _, raw := range [][]byte{d.eventTimestamp, d.updateTimestamp} {
		if at, known = appfolio.Time(appfolio.Text(raw, longestID)); known {
			return at, true
		}
	}
	return time.Time{}, false
}

// rings reports whether the doorbell is this account's. AppFolio's keys sign
// for every customer, so one that does not say whose it is is nobody's.
func (d *doorbell) rings(account core.Space) bool {
	client := idOf(d.clientID)
	if client == "" || client != account.ClientID {
		return false
	}
	return account.DatabaseID == "" || isNothing(d.databaseID) || idOf(d.databaseID) == account.DatabaseID
}
