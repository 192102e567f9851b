package devspace

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/go-jose/go-jose/v4"

	"rentbell/core"
)

const (
	keysPath = "/.well-known/jwks.json"

	// fetchTimeout leaves one of the five seconds within which AppFolio expects an
	// answer to its delivery.
	fetchTimeout = 4 * time.Second
	largestSet   = 256 << 10 // bytes; AppFolio's is about 1 KiB
	mostKeys     = 64
)

// refresh fetches the keys for a delivery signed by kid, and saves them. The fetch goes on when the sender hangs
// up, or strangers could use up the one fetch a minute.
func (s *Source) refresh(ctx context.Context, r *keyring, a core.Account, kid string) {
	set, err := s.fetch(context.WithoutCancel(ctx), r.base, a)
	var keys map[string]*rsa.PublicKey
	if err == nil {
		keys, err = keysIn(set)
	}
	if err != nil {
		err = fmt.Errorf("%w: %w", core.ErrNoKeys, err)
	}
	r.end(kid, keys, err)
	if err != nil {
		s.log.Warn("AppFolio's public keys could not be fetched", "err", err)
		return
	}
	s.log.Info("AppFolio's public keys fetched", "keys", len(keys))
	s.save(saved{Base: r.base, At: s.now().UTC(), Set: set})
}

// fetch requests the set of keys. It sends no credentials and follows no redirect.
func (s *Source) fetch(ctx context.Context, base string, a core.Account) ([]byte, error) {
	client, err := s.webhook.Client(a.Proxy, fetchTimeout)
	if err != nil {
		return nil, err
	}
	defer client.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+keysPath, nil)
	if err != nil {
		return nil, fmt.Errorf("ask for the keys: %w", err)
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "Rentbell")
	resp, err := client.Do(req)
	if err != nil {
		return nil, errors.New(a.Secrets.Scrub(err.Error())) // it may quote what was sent
	}
	defer func() { _ = resp.Body.Close() }() // all that matters was read
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server answered %d", resp.StatusCode)
	}
	set, err := io.ReadAll(io.LimitReader(resp.Body, largestSet+1))
	switch {
	case err != nil:
		return nil, errors.New("the answer ended early")
	case len(set) > largestSet:
		return nil, errors.New("the answer is too long")
	}
	return set, nil
}

// keysIn reads a JWK Set (RFC 7517, section 5). It passes over keys that are of no
// use here, as the RFC demands; a set without a usable key is an error.
func keysIn(set []byte) (map[string]*rsa.PublicKey, error) {
	var parsed struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if json.Unmarshal(set, &parsed) != nil || len(parsed.Keys) > mostKeys {
		return nil, errors.New("the answer is no set of keys")
	}
	keys := map[string]*rsa.PublicKey{}
	for _, raw := range parsed.Keys {
		var key jose.JSONWebKey
		if key.UnmarshalJSON(raw) != nil {
			continue
		}
		if public := usable(key); public != nil {
			keys[key.KeyID] = public
		}
	}
	if len(keys) == 0 {
		return nil, errors.New("the answer holds no usable key")
	}
	return keys, nil
}

// usable returns the key when deliveries may be signed with it, else nil.
func usable(key jose.JSONWebKey) *rsa.PublicKey {
	public, isRSA := key.Key.(*rsa.PublicKey)
	switch {
	case !isRSA, key.KeyID == "":
	case key.Use != "" && key.Use != "sig":
	case key.Algorithm != "" && key.Algorithm != string(jose.PS256):
	case public.N.BitLen() < smallestKey || public.N.BitLen() > largestKey:
	default:
		return public
	}
	return nil
}

// saved is the set as it is kept on disk.
type saved struct {
	Base string          `json:"base"` // the server it came from
	At   time.Time       `json:"at"`
	Set  json.RawMessage `json:"set"` // as fetched
}

// load returns the keyring that was saved, or an empty one when there is none or it
// cannot be read.
func (s *Source) load() *keyring {
	text, err := s.store.PublicKeys()
	if err != nil {
		s.log.Error("saved public keys could not be read", "err", err)
	}
	var known saved
	if json.Unmarshal(text, &known) != nil {
		return &keyring{}
	}
	keys, err := keysIn(known.Set)
	if err != nil {
		return &keyring{}
	}
	return &keyring{base: known.Base, keys: keys, at: known.At}
}

// save keeps the set for the next run. An error is only logged: the next fetch
// saves again.
func (s *Source) save(set saved) {
	text, err := json.Marshal(set)
	if err == nil {
		err = s.store.SavePublicKeys(text)
	}
	if err != nil {
		s.log.Error("public keys could not be saved", "err", err)
	}
}
