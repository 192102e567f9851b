package records

import (
	"cmp"
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
// "next_page_url" of reports, also when one of them wraps another. It decodes row by
// row and only what R names, so that nothing else ever becomes a value. Its errors
// quote nothing of the answer.
func (p *page[R]) read(from io.Reader) error {
	dec := json.NewDecoder(from)
	found, err := p.readList(dec, 0)
	if err == nil && !found {
		return errNoPage
	}
	return err
}

// deepest is how many objects may be wrapped around the rows.
const deepest = 4

// readList decodes the list of rows, which may be null, or an object that holds it.
// Reports that are not paged are a plain list. found is false when there is no list.
func (p *page[R]) readList(dec *json.Decoder, depth int) (found bool, err error) {
	start, err := dec.Token()
	switch {
	case err != nil:
		return false, errNoPage
	case start == json.Delim('['):
		return true, p.readRows(dec)
	case start == json.Delim('{') && depth < deepest:
		return p.readMembers(dec, depth)
	case start == nil && depth > 0:
		return true, nil
	}
	return false, errNoPage
}

// readMembers decodes an object up to its end.
func (p *page[R]) readMembers(dec *json.Decoder, depth int) (found bool, err error) {
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return false, errNoPage
		}
		switch name {
		case "data", "results", "rows", "records":
			var here bool
			here, err = p.readList(dec, depth+1)
			found = found || here
		case "next_page_path", "next_page_url":
			var next text
			err = readValue(dec, &next)
			p.next = cmp.Or(next, p.next)
		default:
			err = readValue(dec, &skipped{})
		}
		if err != nil {
			return false, err
		}
	}
	if _, err := dec.Token(); err != nil {
		return false, errNoPage
	}
	return found, nil
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
