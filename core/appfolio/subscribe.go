package appfolio

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"rentbell/core"
)

// registration is the body of the request, in the contract's spelling.
type registration struct {
	URL    string   `json:"url"`
	Events []string `json:"events"`
	Secret string   `json:"secret"`
}

// Subscribe asks AppFolio to deliver every known type to s.Address. See
// core.Source.
func (s *Source) Subscribe(ctx context.Context, sub core.Subscription) (id string, err error) {
	body, err := json.Marshal(registration{
		URL:    sub.Address,
		Events: core.KnownTypes(),
		Secret: sub.Secrets.WebhookSecret.Reveal(),
	})
	if err != nil {
		return "", unanswered(err, sub.Secrets)
	}
	answer, err := s.exchange(ctx, sub, call{method: http.MethodPost, path: webhooksPath, body: bytes.NewReader(body)})
	if err != nil {
		return "", err
	}
	return idIn(answer), nil
}

// idIn finds the registration's id in an answer: at its top, or one level down
// under one of the usual names. The contract promises none.
func idIn(answer []byte) string {
	var top struct {
		ID   looseID `json:"id"`
		Data struct {
			ID looseID `json:"id"`
		} `json:"data"`
		Webhook struct {
			ID looseID `json:"id"`
		} `json:"webhook"`
	}
	if json.Unmarshal(answer, &top) != nil {
		return ""
	}
	for _, id := range []looseID{top.ID, top.Data.ID, top.Webhook.ID} {
		if id != "" {
			return string(id)
		}
	}
	return ""
}
