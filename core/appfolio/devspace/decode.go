package devspace

import (
	"bytes"
	"encoding/json"
	"time"
	"unicode/utf8"

	"rentbell/core"
	"rentbell/core/appfolio"
)

const (
	longestID   = 512 // bytes of an id that can be a key in the store
	longestType = 128
	mostParts   = 5000 // of a batch; a body of 1 MiB holds as many that say something
)

// decode takes an authentic body apart: one doorbell, an array of doorbells, or an
// object that holds such an array. What does not belong to the account or cannot be
// read becomes a stray; nothing is dropped. The bodies of events and strays are
// parts of body, not copies.
func decode(body []byte, account core.Space, received time.Time) core.Delivery {
	d := delivery{account: account, received: received}
	if !utf8.Valid(body) || !json.Valid(body) || !d.take(body) {
		return core.Delivery{Strays: []core.Quarantined{{ReceivedAt: received, Reason: core.ReasonNotObject, Body: body}}}
	}
	return d.Delivery
}

// delivery collects the parts of a body.
type delivery struct {
	core.Delivery
	account  core.Space
	received time.Time
}

// take adds the parts of body, which is valid JSON. It reports false when body has
// none of the known shapes.
func (d *delivery) take(body []byte) bool {
	if text := bytes.TrimLeft(body, " \t\r\n"); text[0] == '[' {
		return d.parts(text, nil)
	}
	whole := doorbell(appfolio.Members(body))
	if whole == nil {
		return false
	}
	if list, isBatch := whole.batch(); isBatch {
		return d.parts(body[bytes.Index(body, list):], whole)
	}
	d.add(whole, body)
	return true
}

// parts adds the doorbells of the array that text begins with. It reports false when
// there are none or too many.
func (d *delivery) parts(text []byte, envelope doorbell) bool {
	parts := elements(text)
	if len(parts) == 0 || len(parts) > mostParts {
		return false
	}
	d.Events = make([]core.Event, 0, len(parts))
	for _, part := range parts {
		bell := doorbell(appfolio.Members(part))
		if bell == nil {
			d.stray(core.ReasonNotObject, part)
			continue
		}
		bell.under(envelope)
		d.add(bell, part)
	}
	return true
}

// elements returns the elements of the valid array that text begins with, as parts
// of text. It stops after mostParts and one, which bounds memory.
func elements(text []byte) (parts [][]byte) {
	dec := json.NewDecoder(bytes.NewReader(text))
	_, _ = dec.Token() // the bracket
	var part json.RawMessage
	for len(parts) <= mostParts && dec.More() && dec.Decode(&part) == nil {
		end := int(dec.InputOffset())
		parts = append(parts, text[end-len(part):end:end])
	}
	return parts
}

// add adds one doorbell, as an event or as a stray. body is what is kept of it.
func (d *delivery) add(bell doorbell, body []byte) {
	e := core.Event{ID: bell.id(), Type: appfolio.Text(bell["topic"], longestType), OccurredAt: d.received, ReceivedAt: d.received, Body: body}
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
	e.Detail = core.Doorbell{Topic: e.Type, Entity: bell.entity(), Change: appfolio.Text(bell["event_type"], longestType)}
	d.Events = append(d.Events, e)
}

func (d *delivery) stray(reason core.Reason, body []byte) {
	d.Strays = append(d.Strays, core.Quarantined{ReceivedAt: d.received, Reason: reason, Body: body})
}
