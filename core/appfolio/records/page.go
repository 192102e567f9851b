package records

import (
	"encoding/json"
	"errors"
	"io"
)

// mostRows of a page bounds memory: a row of few bytes becomes a record of many.
const mostRows = 50_000

// page is one answer: its rows, and where the next one is; empty: nowhere.
type page[R any] struct {
	rows []R
	next text
}

// read takes in {"data": […], "next_page_path": …}, or the "results" and
// "next_page_url" of reports. Rows are decoded one by one: what is not named in R
// is passed over and never becomes a value. Errors quote nothing of it.
func (p *page[R]) read(from io.Reader) error {
	dec := json.NewDecoder(from)
	start, err := dec.Token()
	if err != nil || start != json.Delim('{') && start != json.Delim('[') {
		return errNoPage
	}
	if start == json.Delim('[') { // as reports come when they are not paged
		return p.readRows(dec)
	}
	found := false
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return errNoPage
		}
		switch name {
		case "data", "results":
			found = true
			err = p.readList(dec)
		case "next_page_path", "next_page_url":
			err = readValue(dec, &p.next)
		default:
			err = readValue(dec, &skipped{})
		}
		if err != nil {
			return err
		}
	}
	if _, err := dec.Token(); err != nil || !found {
		return errNoPage
	}
	return nil
}

// readList takes in the rows, or null for none.
func (p *page[R]) readList(dec *json.Decoder) error {
	start, err := dec.Token()
	switch {
	case err != nil:
		return errNoPage
	case start == nil:
		return nil
	case start != json.Delim('['):
		return errNoPage
	}
	return p.readRows(dec)
}

// readRows takes in rows up to the end of their list. What is no object is no
// row.
func (p *page[R]) readRows(dec *json.Decoder) error {
	for dec.More() {
		if len(p.rows) == mostRows {
			return errTooLarge
		}
		var row R
		err := dec.Decode(&row)
		if wrong := new(json.UnmarshalTypeError); errors.As(err, &wrong) {
			continue
		}
		if err != nil {
			return errNoPage
		}
		p.rows = append(p.rows, row)
	}
	if _, err := dec.Token(); err != nil {
		return errNoPage
	}
	return nil
}

// readValue decodes a value of a kind that takes any. The decoder's errors would
// quote it.
func readValue(dec *json.Decoder, value json.Unmarshaler) error {
	if dec.Decode(value) != nil {
		return errNoPage
	}
	return nil
}

// skipped is a value that nobody wants.
type skipped struct{}

func (*skipped) UnmarshalJSON([]byte) error { return nil }
