package appfolio

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"

	"rentbell/core"
)

const (
	maxList   = 1 << 20 // bytes of a list that are read
	maxListed = 1000    // registrations that are looked at; an account has a handful

	longestAddress = 2048 // bytes; ours are far shorter
)

// Subscriptions lists what is registered with the account. AppFolio documents no
// list, so it accepts any usual shape, and returns core.ErrNoList when the answer
// holds none. Of a list in pages it reads the first: an account has a handful of
// registrations.
func (s *Source) Subscriptions(ctx context.Context, sub core.Subscription) ([]core.Subscribed, error) {
	answer, err := s.ask(ctx, sub, call{method: http.MethodGet, path: webhooksPath, limit: lookTimeout, most: maxList})
	switch {
	case err != nil:
		return nil, err
	case answer.status == http.StatusNotFound, answer.status == http.StatusMethodNotAllowed, answer.status == http.StatusNotImplemented:
		return nil, fmt.Errorf("AppFolio answered %d: %w", answer.status, core.ErrNoList)
	case !answer.accepted():
		return nil, answer.refusal(sub.Secrets)
	case answer.broken != nil:
		return nil, unanswered(answer.broken, sub.Secrets)
	}
	list, ok := listIn(answer.body, sub.Secrets)
	if !ok {
		return nil, fmt.Errorf("AppFolio's answer holds none: %w", core.ErrNoList)
	}
	return list, nil
}

// listIn reads an array of registrations, or an object that has one under a usual
// name. It passes over entries that are no registrations. When all entries are
// such, the array is a list of something else, and ok is false.
func listIn(answer []byte, secrets core.Secrets) (list []core.Subscribed, ok bool) {
	entries, ok := arrayIn(answer)
	if !ok {
		return nil, false
	}
	for _, entry := range entries[:min(len(entries), maxListed)] {
		if registered, is := subscribedIn(entry, secrets); is {
			list = append(list, registered)
		}
	}
	return list, len(list) > 0 || len(entries) == 0
}

func arrayIn(answer []byte) (entries []json.RawMessage, ok bool) {
	if json.Unmarshal(answer, &entries) == nil {
		return entries, entries != nil // null is no array
	}
	members := Members(answer)
	for _, name := range []string{"data", "webhooks", "results"} {
		if json.Unmarshal(members[name], &entries) == nil && entries != nil {
			return entries, true
		}
	}
	return nil, false
}

func subscribedIn(entry []byte, secrets core.Secrets) (registered core.Subscribed, ok bool) {
	members := Members(entry)
	registered.ID = idOf(members, secrets)
	registered.Address = cmp.Or(Text(members["url"], longestAddress), Text(members["address"], longestAddress))
	if json.Unmarshal(members["events"], &registered.Events) != nil {
		registered.Events = nil // a part of the list would look like all of it
	}
	return registered, registered.Address != ""
}
