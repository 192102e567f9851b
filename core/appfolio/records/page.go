package records

import (
	"cmp"
	"encoding/json"
	"io"
	"reflect"
	"strings"

	"rentbell/core/appfolio"
)

// mostRows bounds the memory of a page, because a short row becomes a large record.
const mostRows = 50_000

// page is one answer: its rows, and the address of the next page; empty: it is the
// last.
type page[R any] struct {
	rows []found[R]
	next text
}

// found is a row as it was read.
type found[R any] struct {
	row    R
	unread string // the members of which nothing could be read, by AppFolio's names, with commas
	said   string // what stands in place of a row that is no object
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

// readRows decodes rows up to the end of their list. What is no object becomes an
// empty row, so that whoever takes the rows sees that there is one.
func (p *page[R]) readRows(dec *json.Decoder) error {
	for dec.More() {
		if len(p.rows) == mostRows {
			return errTooLarge
		}
		var value json.RawMessage
		if dec.Decode(&value) != nil {
			return errNoPage
		}
		var is found[R]
		if json.Unmarshal(value, &is.row) == nil {
			is.unread = unread(is.row, value)
		} else {
			is.said = said(value)
		}
		p.rows = append(p.rows, is)
	}
	if _, err := dec.Token(); err != nil {
		return errNoPage
	}
	return nil
}

// unread names the members of a row that hold something of which its fields took
// nothing.
func unread(row any, object []byte) string {
	var names []string
	sent, fields := appfolio.Members(object), reflect.ValueOf(row)
	for i := range fields.NumField() {
		name := fields.Type().Field(i).Tag.Get("json")
		if value := sent[name]; fields.Field(i).IsZero() && !saysNothing(value) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ",")
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
