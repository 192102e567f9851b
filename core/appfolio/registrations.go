package appfolio

import (
	"context"
	"encoding/hex"
	"net/http"

	"rentbell/core"
)

// Sign implements core.Source.
func (s *Source) Sign(secret core.Secret, body []byte) http.Header {
	return http.Header{SignatureHeader: {hex.EncodeToString(s.keyFor(secret).sum(body))}}
}

// Subscriptions implements core.Source.
func (s *Source) Subscriptions(ctx context.Context, sub core.Subscription) ([]core.Subscribed, error) {
	return nil, core.ErrNoList
}

// Unsubscribe implements core.Source.
func (s *Source) Unsubscribe(ctx context.Context, sub core.Subscription, id string) error {
	return nil
}

// Reach implements core.Source.
func (s *Source) Reach(ctx context.Context, sub core.Subscription) (core.Reached, error) {
	return core.Reached{}, nil
}
