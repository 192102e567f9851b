package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"rentbell/core"
	"rentbell/core/imports"
)

// Tables is the part of a Bell that takes tables in.
type Tables interface {
	Import(ctx context.Context, file string, found imports.Found, dry bool) (core.Taken, error)
	Layouts() ([]core.Layout, error)
	KeepLayout(core.Layout) error
}

// importTable reads the table again, as the caller has read it: so what is sent is bounded
// as any table is, and means the same.
func (c Server) importTable(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	dry, err := strconv.ParseBool(q.Get("dry"))
	if err != nil {
		http.Error(w, "dry is neither true nor false", http.StatusBadRequest)
		return
	}
	l, err := readLayout(q.Get("layout"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	found, err := imports.Reread(r.Body, l)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	c.stream(w, r, func(out io.Writer) error {
		taken, err := c.Tables.Import(r.Context(), q.Get("file"), found, dry)
		if err != nil {
			return err
		}
		return json.NewEncoder(out).Encode(taken)
	})
}

func (c Server) layouts(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	c.stream(w, r, func(out io.Writer) error {
		layouts, err := c.Tables.Layouts()
		if err != nil {
			return err
		}
		return json.NewEncoder(out).Encode(layouts)
	})
}

func (c Server) keepLayout(w http.ResponseWriter, r *http.Request) {
	l, err := readLayout(r.URL.Query().Get("layout"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	c.stream(w, r, func(io.Writer) error { return c.Tables.KeepLayout(l) })
}

// readLayout reads a layout; a header bounds it.
func readLayout(text string) (l core.Layout, err error) {
	if json.Unmarshal([]byte(text), &l) != nil || !imports.Sound(l) {
		return l, errors.New("no layout")
	}
	return l, nil
}

// Import makes the other process keep what a table tells, by the layout that it was read
// by; a dry run counts alone. name is the file's base name.
func (r *Client) Import(ctx context.Context, name string, file []byte, l core.Layout, dry bool) (taken core.Taken, err error) {
	layout, err := json.Marshal(l)
	if err != nil {
		return taken, fmt.Errorf("send a table: %w", err)
	}
	what := "import?" + url.Values{"file": {name}, "layout": {string(layout)}, "dry": {strconv.FormatBool(dry)}}.Encode()
	err = r.decode(ctx, http.MethodPost, what, bytes.NewReader(file), &taken)
	return taken, err
}

// Layouts are those that the other process remembers.
func (r *Client) Layouts(ctx context.Context) (layouts []core.Layout, err error) {
	err = r.decode(ctx, http.MethodGet, "layouts", nil, &layouts)
	return layouts, err
}

// KeepLayout makes the other process remember what a person chose.
func (r *Client) KeepLayout(ctx context.Context, l core.Layout) error {
	layout, err := json.Marshal(l)
	if err != nil {
		return fmt.Errorf("send a layout: %w", err)
	}
	return r.ask(ctx, http.MethodPost, "layouts?"+url.Values{"layout": {string(layout)}}.Encode(), nil, io.Discard)
}

// decode asks for a JSON value.
func (r *Client) decode(ctx context.Context, method, what string, body io.Reader, v any) error {
	var answer bytes.Buffer
	if err := r.ask(ctx, method, what, body, &answer); err != nil {
		return err
	}
	if err := json.Unmarshal(answer.Bytes(), v); err != nil {
		return fmt.Errorf("read the answer about %s: %w", nameOf(what), err)
	}
	return nil
}
