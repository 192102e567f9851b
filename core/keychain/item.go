package keychain

import (
	"errors"
	"strconv"
	"strings"

	"github.com/zalando/go-keyring"

	"rentbell/core"
)

// item is one secret and its place in the keychain.
type item struct {
	account string
	secret  *core.Secret
	until   *int64 // when the secret ends, as Unix time in seconds before the secret; nil: it has no end
}

// items lists the secrets in the order in which they are written. The retiring
// webhook secret is written before its successor. When a Save ends half-way,
// deliveries that are signed with the old one are then still accepted.
func (k *system) items(s *core.Secrets) []item {
	items := []item{
		{"AppFolio API key", &s.APIKey, nil},
		{"retiring webhook secret", &s.Retiring.Secret, &s.Retiring.Until},
		{"webhook secret", &s.WebhookSecret, nil},
		{"ngrok authtoken", &s.Authtoken, nil},
		{"AppFolio client secret", &s.ClientSecret, nil},
		{"AppFolio reports secret", &s.ReportsSecret, nil},
		{"office desk key", &s.DeskKey, nil},
	}
	if k.profile != "" {
		for i := range items {
			items[i].account += " " + k.profile
		}
	}
	return items
}

func (i item) write() error {
	if !i.secret.IsZero() {
		return keyring.Set(service, i.account, i.encode())
	}
	if err := keyring.Delete(service, i.account); !errors.Is(err, keyring.ErrNotFound) {
		return err
	}
	return nil
}

// read sets the secret. It stays zero when the keychain does not have it.
func (i item) read() error {
	value, err := keyring.Get(service, i.account)
	switch {
	case err == nil:
		i.decode(value)
	case !errors.Is(err, keyring.ErrNotFound):
		return err
	}
	return nil
}

func (i item) encode() string {
	if i.until == nil {
		return i.secret.Reveal()
	}
	return strconv.FormatInt(*i.until, 10) + " " + i.secret.Reveal()
}

// decode ignores a value without a valid time. Another program must have
// written it, and the other secrets can still be used.
func (i item) decode(value string) {
	if i.until != nil {
		until, secret, _ := strings.Cut(value, " ")
		time, err := strconv.ParseInt(until, 10, 64)
		if err != nil || strings.TrimSpace(secret) == "" {
			return
		}
		*i.until, value = time, secret
	}
	*i.secret = core.KeptSecret(value)
}
