package appfolio

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"rentbell/core"
)

const (
	listTimeout = 5 * time.Second
	maxList     = 1 << 20 // bytes
	maxListed   = 1000    // registrations; an account has a handful
	longestHook = 512     // bytes of an id
)

// Sign implements core.Source.
func (s *Source) Sign(secret core.Secret, body []byte) http.Header {
	return http.Header{SignatureHeader: {hex.EncodeToString(s.keyFor(secret).sum(body))}}
}

// Subscriptions lists what the account has, the first page of it. See core.Source.
func (s *Source) Subscriptions(ctx context.Context, sub core.Subscription) ([]core.Subscribed, error) {
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	defer cancel()
	answer, err := s.exchange(ctx, sub, call{method: http.MethodGet, path: webhooksPath, limit: maxList})
	refused := new(core.SubscribeError)
	switch {
	case err == nil:
		return parseList(answer)
	case !errors.As(err, &refused):
		return nil, err
	}
	switch refused.Status {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusNotImplemented:
		return nil, core.ErrNoList
	}
	return nil, err
}

// Unsubscribe implements core.Source.
func (s *Source) Unsubscribe(ctx context.Context, sub core.Subscription, id string) error {
	_, err := s.exchange(ctx, sub, call{method: http.MethodDelete, path: webhooksPath + "/" + url.PathEscape(id)})
	refused := new(core.SubscribeError)
	if errors.As(err, &refused) && (refused.Status == http.StatusNotFound || refused.Status == http.StatusGone) {
		return nil
	}
	return err
}

// parseList reads a JSON array of registrations, or an object that holds one
// under a usual name. Anything else is no list that can be read.
func parseList(answer []byte) ([]core.Subscribed, error) {
	var items []listed
	if json.Unmarshal(answer, &items) != nil {
		var top struct{ Data, Webhooks, Results *[]listed }
		if json.Unmarshal(answer, &top) != nil {
			return nil, core.ErrNoList
		}
		for _, under := range []*[]listed{top.Data, top.Webhooks, top.Results} {
			if under != nil {
				items = *under
			}
		}
		if top.Data == nil && top.Webhooks == nil && top.Results == nil {
			return nil, core.ErrNoList
		}
	}
	list := []core.Subscribed{}
	for _, i := range items[:min(len(items), maxListed)] {
		address := i.URL
		if address == "" {
			address = i.Address
		}
		list = append(list, core.Subscribed{ID: string(i.ID), Address: address, Events: i.Events})
	}
	return list, nil
}

// listed is one registration, spelt in one of the ways vendors do.
type listed struct {
	ID      looseID  `json:"id"`
	URL     string   `json:"url"`
	Address string   `json:"address"`
	Events  []string `json:"events"`
}

// looseID is an id that may come as a text or as a whole number.
type looseID string

// UnmarshalJSON never fails: an id of another kind is none.
func (id *looseID) UnmarshalJSON(raw []byte) error {
	var text string
	var number json.Number
	switch {
	case len(raw) > longestHook:
	case json.Unmarshal(raw, &text) == nil:
		*id = looseID(text)
	case json.Unmarshal(raw, &number) == nil && !bytes.ContainsAny(raw, ".eE"):
		*id = looseID(number)
	}
	return nil
}
