package devspace

import (
	"bytes"
	"time"

	"rentbell/core"
	"rentbell/core/appfolio"
)

const (
	longestID   = 512 // product.md's limits, in bytes
	longestType = 128
	mostParts   = 5000 // of a batch; a body of 1 MiB holds as many that say something
)

// decode takes an authentic body apart: one doorbell, an array of them, or an
// object that holds such an array. Whatever is none of this account is a stray;
// nothing is dropped. Bodies are parts of body itself.
func decode(body []byte, account core.Space, received time.Time) core.Delivery {
	d := delivery{account: account, received: received}
	text := bytes.Trim(body, " \t\r\n")
	if !appfolio.IsJSON(body) || !d.value(text, body) {
		return core.Delivery{Strays: []core.Quarantined{{ReceivedAt: received, Reason: core.ReasonNotObject, Body: body}}}
	}
	return d.Delivery
}

// delivery is one being taken apart.
type delivery struct {
	core.Delivery
	account  core.Space
	received time.Time
}

// value adds what text, the JSON value of body, holds. It reports false when
// that has none of the known shapes.
func (d *delivery) value(text, body []byte) bool {
	switch text[0] {
	case '[':
		return d.parts(text, doorbell{})
	case '{':
		whole := read(text)
		if list, isBatch := whole.batch(); isBatch {
			return d.parts(list, whole)
		}
		d.add(whole, body)
		return true
	}
	return false
}

// parts adds the elements of a batch. What its envelope says of the account
// counts for those that say nothing.
func (d *delivery) parts(list []byte, envelope doorbell) bool {
	count := 0
	for range appfolio.Elements(list) {
		count++
	}
	if count == 0 || count > mostParts {
		return false
	}
	d.Events = make([]core.Event, 0, count)
	for part := range appfolio.Elements(list) {
		if part[0] != '{' {
			d.stray(core.ReasonNotObject, part)
			continue
		}
		bell := read(part)
		bell.under(envelope)
		d.add(bell, part)
	}
	return true
}

// add sorts one doorbell in. body is what is kept of it.
func (d *delivery) add(bell doorbell, body []byte) {
	e := core.Event{ID: bell.id(), Type: appfolio.Text(bell.topic, longestType), OccurredAt: d.received, ReceivedAt: d.received, Body: body}
	switch {
	case e.ID == "":
		d.stray(core.ReasonNoID, body)
		return
	case e.Type == "":
		d.stray(core.ReasonNoType, body)
		return
	case !bell.rings(d.account):
		d.stray(core.ReasonOtherAccount, body)
		return
	}
	if at, ok := bell.time(); ok {
		e.OccurredAt = at
	}
	e.Detail = core.Doorbell{Topic: e.Type, Entity: bell.entity(), Change: appfolio.Text(bell.eventType, longestType)}
	d.Events = append(d.Events, e)
}

func (d *delivery) stray(reason core.Reason, body []byte) {
	d.Strays = append(d.Strays, core.Quarantined{ReceivedAt: d.received, Reason: reason, Body: body})
}
