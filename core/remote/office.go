package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"rentbell/core/office"
)

// Office is a receiver's list of desks, for people.
type Office interface {
	// Invite makes a code for one more desk.
	Invite(ctx context.Context) (office.Code, error)
	Desks(ctx context.Context) ([]office.Desk, error)
	// Revoke removes a desk and cuts it off; office.ErrNoDesk when none has the name.
	Revoke(ctx context.Context, name string) error
}

func (c Server) invite(w http.ResponseWriter, r *http.Request) {
	code, err := c.Office.Invite(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	_, _ = fmt.Fprintln(w, code) // a caller that has gone needs no code
}

func (c Server) desks(w http.ResponseWriter, r *http.Request) {
	desks, err := c.Office.Desks(r.Context())
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(desks) // a caller that has gone needs no answer
}

// revoked is the answer to a revocation.
type revoked struct {
	Found bool `json:"found"` // a desk had the name
}

func (c Server) revoke(w http.ResponseWriter, r *http.Request) {
	err := c.Office.Revoke(r.Context(), r.URL.Query().Get("name"))
	if err != nil && !errors.Is(err, office.ErrNoDesk) {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(revoked{err == nil}) // a caller that has gone needs no answer
}

// Invite has the other process make a code for one more desk.
func (r *Client) Invite(ctx context.Context) (office.Code, error) {
	var answer bytes.Buffer
	if err := r.ask(ctx, http.MethodPost, "invite", nil, &answer); err != nil {
		return office.Code{}, err
	}
	return office.ParseCode(strings.TrimSpace(answer.String()))
}

// Desks lists the desks of the other process' office.
func (r *Client) Desks(ctx context.Context) (desks []office.Desk, err error) {
	return desks, r.askJSON(ctx, http.MethodGet, "desks", &desks)
}

// Revoke has the other process remove a desk; office.ErrNoDesk when none has the name.
func (r *Client) Revoke(ctx context.Context, name string) error {
	var answer revoked
	if err := r.askJSON(ctx, http.MethodPost, "revoke?"+url.Values{"name": {name}}.Encode(), &answer); err != nil {
		return err
	}
	if !answer.Found {
		return office.ErrNoDesk
	}
	return nil
}

// askJSON reads the answer to a request into v.
func (r *Client) askJSON(ctx context.Context, method, what string, v any) error {
	var answer bytes.Buffer
	if err := r.ask(ctx, method, what, nil, &answer); err != nil {
		return err
	}
	if err := json.Unmarshal(answer.Bytes(), v); err != nil {
		return fmt.Errorf("read the answer to %s: %w", nameOf(what), err)
	}
	return nil
}
