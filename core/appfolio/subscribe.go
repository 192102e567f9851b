package appfolio

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"

	"rentbell/core"
)

// registration is the body of the request.
type registration struct {
	URL    string   `json:"url"`
	Events []string `json:"events"`
	Secret string   `json:"secret"`
}

// Subscribe asks AppFolio to deliver every known type to sub.Address. It returns the
// id of the registration, or the empty string when the answer has no usable one.
func (s *Source) Subscribe(ctx context.Context, sub core.Subscription) (id string, err error) {
	body, err := json.Marshal(registration{
		URL:    sub.Address,
		Events: core.KnownTypes(),
		Secret: sub.Secrets.WebhookSecret.Reveal(),
	})
	if err != nil {
		return "", unanswered(err, sub.Secrets)
	}
	answer, err := s.ask(ctx, sub, call{
		method: http.MethodPost, path: webhooksPath, body: body, limit: changeTimeout, most: maxAnswer,
	})
	switch {
	case err != nil:
		return "", err
	case !answer.accepted():
		return "", answer.refusal(sub.Secrets)
	}
	return idIn(answer.body, sub.Secrets), nil // without an id it is registered all the same
}

var errNoID = errors.New("a registration without an id cannot be taken back")

// Unsubscribe removes the registration with the id. One that AppFolio does not know
// is no error.
func (s *Source) Unsubscribe(ctx context.Context, sub core.Subscription, id string) error {
	if id = usableID(id, sub.Secrets); id == "" {
		return unanswered(errNoID, sub.Secrets)
	}
	answer, err := s.ask(ctx, sub, call{
		method: http.MethodDelete, path: webhooksPath + "/" + url.PathEscape(id), limit: changeTimeout, most: maxAnswer,
	})
	switch {
	case err != nil:
		return err
	case answer.accepted() || answer.status == http.StatusNotFound || answer.status == http.StatusGone:
		return nil
	}
	return answer.refusal(sub.Secrets)
}
