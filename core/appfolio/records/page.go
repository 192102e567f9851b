package records

import (
	"encoding/json"
	"errors"
	"io"
)

// mostRows bounds the memory of a page, because a short row becomes a large record.
const mostRows = 50_000

// page is one answer: its rows, and the address of the next page; empty: it is the
// last.
type page[R any] struct {
	rows []R
	next text
}

// read decodes {"data": […], "next_page_path": …}, or the "results" and
// "next_page_url" of reports. It decodes row by row and only what R names, so that
// nothing else ever becomes a value. Its errors quote nothing of the answer.
func (p *page[R]) read(from io.Reader) error {
	dec := json.NewDecoder(from)
	start, err := dec.Token()
	if err != nil || start != json.Delim('{') && start != json.Delim('[') {
		return errNoPage
	}
	if start == json.Delim('[') { // reports that are not paged are a plain list
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

// readList decodes the list of rows, or null.
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

// readRows decodes rows up to the end of their list. It skips what is no object.
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

// readValue decodes any value. It hides the decoder's error, which would quote it.
func readValue(dec *json.Decoder, value json.Unmarshaler) error {
	if dec.Decode(value) != nil {
		return errNoPage
	}
	return nil
}

// skipped is a value that is not wanted.
type skipped struct{}

func (*skipped) UnmarshalJSON([]byte) error { return nil }
