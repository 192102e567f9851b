package devspace

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"
	"unicode/utf8"

	"rentbell/core"
	"rentbell/core/appfolio"
)

const (
	longestID   = 512 // bytes of an id that can be a key in the store
	longestType = 128
	mostParts   = 5000 // of a batch; a body of 1 MiB holds as many that say something
	mostStrays  = 16   // of a batch that are kept one by one
	mostSamples = 16   // of other accounts in a batch
)

// decode takes an authentic body apart: one doorbell, an array of doorbells, or an
// object that holds such an array. What cannot be read becomes a stray; of many strays
// the whole body becomes one. What belongs to another account is counted. The bodies
// of events and strays are parts of body, not copies.
func decode(body []byte, account core.Space, received time.Time) core.Delivery {
	d := delivery{account: account, received: received}
	readable := utf8.Valid(body) && json.Valid(body) && d.take(body)
	if !readable {
		d.Delivery = core.Delivery{}
	}
	if !readable || len(d.Strays) > mostStrays {
		d.Strays = nil
		d.stray(core.ReasonNotObject, body)
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

// add adds one doorbell, as an event, as a stray, or to those of others. body is what
// is kept of it.
func (d *delivery) add(bell doorbell, body []byte) {
	e := core.Event{ID: bell.id(), Type: appfolio.Text(bell["topic"], longestType), OccurredAt: d.received, ReceivedAt: d.received, Body: body}
	ours, signedFor := bell.rings(d.account), bell.account()
	switch {
	case ours && e.ID != "" && e.Type != "":
	case !ours && (signedFor != nobody || e.ID != "" && e.Type != ""):
		d.others(signedFor, body)
		return
	case e.ID == "":
		d.stray(core.ReasonNoID, body)
		return
	default:
		d.stray(core.ReasonNoType, body)
		return
	}
	if at, ok := bell.time(); ok && appfolio.IsPlausible(at, d.received) {
		e.OccurredAt = at
	}
	e.Detail = core.Doorbell{Topic: e.Type, Entity: bell.entity(), Change: appfolio.Text(bell["event_type"], longestType)}
	d.Events = append(d.Events, e)
}

func (d *delivery) stray(reason core.Reason, body []byte) {
	d.Strays = append(d.Strays, core.Quarantined{ReceivedAt: d.received, Reason: reason, Body: body})
}

// others counts a doorbell of another account, and takes it as a sample if it is the
// account's first.
func (d *delivery) others(account string, body []byte) {
	d.Others.Count++
	if len(d.Others.Samples) == mostSamples {
		return
	}
	of := account + " on " + d.received.Format(time.DateOnly)
	if slices.ContainsFunc(d.Others.Samples, func(q core.Quarantined) bool { return q.SampleOf == of }) {
		return
	}
	d.Others.Samples = append(d.Others.Samples, core.Quarantined{ReceivedAt: d.received, Reason: core.ReasonOtherAccount, Body: body, SampleOf: of})
}
