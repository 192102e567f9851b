package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"rentbell/core"
)

// Names is the part of a Bell that gives names out and takes them.
type Names interface {
	WriteNames(w io.Writer, kind core.NameKind) error
	TakeNames(given map[core.NameKey]string, dry bool) (core.Taken, error)
}

// name is a name as it crosses the socket.
type name struct {
	Kind core.NameKind `json:"kind"`
	ID   string        `json:"id"`
	Name string        `json:"name"`
}

// maxNames bounds what is read of names that are sent: more than the largest file
// of them takes as JSON.
const maxNames = 64 << 20

func (c Server) writeNames(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	c.stream(w, r, func(out io.Writer) error {
		return c.Names.WriteNames(out, core.NameKind(r.URL.Query().Get("kind")))
	})
}

func (c Server) takeNames(w http.ResponseWriter, r *http.Request) {
	dry, err := strconv.ParseBool(r.URL.Query().Get("dry"))
	if err != nil {
		http.Error(w, "dry is neither true nor false", http.StatusBadRequest)
		return
	}
	var sent []name
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxNames)).Decode(&sent); err != nil {
		http.Error(w, "no list of names", http.StatusBadRequest)
		return
	}
	given := make(map[core.NameKey]string, len(sent))
	for _, n := range sent {
		if !slices.Contains(core.NameKinds(), n.Kind) {
			http.Error(w, "a kind that has no names", http.StatusBadRequest)
			return
		}
		given[core.NameKey{Kind: n.Kind, ID: n.ID}] = n.Name
	}
	w.Header().Set("Content-Type", "application/json")
	c.stream(w, r, func(out io.Writer) error {
		taken, err := c.Names.TakeNames(given, dry)
		if err != nil {
			return err
		}
		return json.NewEncoder(out).Encode(taken)
	})
}

// Names copies the names of a kind that the user gave to w, as names.Write writes
// them; an empty kind is all of them.
func (r *Client) Names(ctx context.Context, w io.Writer, kind core.NameKind) error {
	return r.ask(ctx, http.MethodGet, "names?"+url.Values{"kind": {string(kind)}}.Encode(), nil, w)
}

// TakeNames makes the other process keep given names; a dry run counts alone.
func (r *Client) TakeNames(ctx context.Context, given map[core.NameKey]string, dry bool) (taken core.Taken, err error) {
	sent := make([]name, 0, len(given))
	for key, text := range given {
		sent = append(sent, name{key.Kind, key.ID, text})
	}
	body, err := json.Marshal(sent)
	if err != nil {
		return taken, fmt.Errorf("send names: %w", err)
	}
	var answer bytes.Buffer
	what := "names?" + url.Values{"dry": {strconv.FormatBool(dry)}}.Encode()
	if err := r.ask(ctx, http.MethodPost, what, bytes.NewReader(body), &answer); err != nil {
		return taken, err
	}
	if err := json.Unmarshal(answer.Bytes(), &taken); err != nil {
		return taken, fmt.Errorf("read how many names were taken: %w", err)
	}
	return taken, nil
}
