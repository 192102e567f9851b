package space

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"rentbell/core/appfolio/sandbox"
)

// Doorbell tells that something happened to a record, and nothing else of it.
type Doorbell struct {
	ID        string
	Topic     string // "work_orders", "charges"…
	EventType string // "create", "update", "destroy"…
	Resource  string // the record's id
	At        time.Time
	Client    string // whose; empty: ClientID
	Database  string // empty: DatabaseID
}

// Stranger returns a doorbell like d for a record of another customer. AppFolio signs
// the doorbells of all customers with the same key.
func (d Doorbell) Stranger() Doorbell {
	d.ID, d.Resource = uuid("stranger", d.ID), uuid("stranger", d.Resource)
	d.Client, d.Database = "another-client", "another-database"
	return d
}

// Form is how doorbells are spelt and signed. Its zero value is what AppFolio
// sends in 2026, one by one.
type Form struct {
	Old       bool   // the keys of 2023, which have no type and no database
	Batch     int    // so many go into one delivery; up to 1: one object each
	Envelope  string // the key that holds a batch: "events", "data", "batch"; empty: the body is an array
	Unencoded bool   // the signature is over the raw body (RFC 7797)
}

func (f Form) single() Form {
	f.Batch = 1
	return f
}

// newDoorbell and oldDoorbell are the two spellings.
type newDoorbell struct {
	Topic     string `json:"topic"`
	ID        string `json:"event_id"`
	Client    string `json:"client_id"`
	EventType string `json:"event_type"`
	Database  string `json:"database_id"`
	Resource  string `json:"resource_id"`
	At        string `json:"event_timestamp"`
	SentAt    string `json:"message_sent_at"`
}

type oldDoorbell struct {
	Client string `json:"client_id"`
	ID     string `json:"id"`
	Topic  string `json:"topic"`
	Entity string `json:"entity_id"`
	At     string `json:"update_timestamp"`
	SentAt string `json:"message_sent_at"`
}

func (f Form) spell(d Doorbell, sent time.Time) any {
	client, database := cmp.Or(d.Client, ClientID), cmp.Or(d.Database, DatabaseID)
	if !f.Old {
		return newDoorbell{d.Topic, d.ID, client, d.EventType, database, d.Resource, stamp(d.At), stamp(sent)}
	}
	topic := d.Topic
	if topic == topicWorkOrders {
		topic = "work_order_updates"
	}
	return oldDoorbell{client, d.ID, topic, d.Resource, stamp(d.At), stamp(sent)}
}

// event is one delivery of the doorbells.
func (f Form) event(doorbells []Doorbell, sent time.Time) sandbox.Event {
	first := doorbells[0]
	e := sandbox.Event{ID: first.ID, Type: first.Topic, At: first.At}
	all := make([]any, len(doorbells))
	for i, d := range doorbells {
		all[i] = f.spell(d, sent)
	}
	var body any = all
	if f.Batch <= 1 {
		body = all[0]
	} else {
		e.ID, e.Type = uuid("batch", first.ID), fmt.Sprintf("batch of %d", len(doorbells))
		if f.Envelope != "" {
			body = map[string]any{"batch_id": e.ID, f.Envelope: all}
		}
	}
	e.Body, _ = json.Marshal(body) // texts: they are always spelt
	return e
}
