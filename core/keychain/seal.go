package keychain

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"filippo.io/age"

	"rentbell/core"
)

// The work factors are the base-2 logarithms of scrypt's cost for one try of a
// passphrase. A file that asks for more than maxWorkFactor (half a gigabyte and
// some seconds) is refused, because it would block the start.
const (
	workFactor    = 18 // the default of age
	maxWorkFactor = 19
)

// contentsVersion is increased when older versions of Rentbell would misread
// contents.
const contentsVersion = 1

// contents is the JSON that the file of secrets holds, encrypted. core.Secret
// itself refuses to be encoded. The secrets are []byte, because a JSON string
// would change bytes that are not UTF-8.
type contents struct {
	Version       int    `json:"version"`
	APIKey        []byte `json:"appfolio_api_key,omitempty"`
	WebhookSecret []byte `json:"webhook_secret,omitempty"`
	Authtoken     []byte `json:"ngrok_authtoken,omitempty"`
	ClientSecret  []byte `json:"appfolio_client_secret,omitempty"`
	ReportsSecret []byte `json:"appfolio_reports_secret,omitempty"`
	DeskKey       []byte `json:"desk_key,omitempty"`
	Retiring      []byte `json:"retiring_webhook_secret,omitempty"`
	RetiringUntil int64  `json:"retiring_until,omitempty"` // Unix time in seconds
}

// seal encrypts s as an age file with passphrase.
func seal(s core.Secrets, passphrase core.Secret, workFactor int) ([]byte, error) {
	plain, err := json.Marshal(contents{
		Version:       contentsVersion,
		APIKey:        []byte(s.APIKey.Reveal()),
		WebhookSecret: []byte(s.WebhookSecret.Reveal()),
		Authtoken:     []byte(s.Authtoken.Reveal()),
		ClientSecret:  []byte(s.ClientSecret.Reveal()),
		ReportsSecret: []byte(s.ReportsSecret.Reveal()),
		DeskKey:       []byte(s.DeskKey.Reveal()),
		Retiring:      []byte(s.Retiring.Secret.Reveal()),
		RetiringUntil: s.Retiring.Until,
	})
	if err != nil {
		return nil, fmt.Errorf("encode secrets: %w", err)
	}
	recipient, err := age.NewScryptRecipient(passphrase.Reveal())
	if err != nil {
		return nil, core.ErrPassphrase // the passphrase is empty
	}
	recipient.SetWorkFactor(workFactor)
	var sealed bytes.Buffer
	w, err := age.Encrypt(&sealed, recipient)
	if err != nil {
		return nil, fmt.Errorf("encrypt secrets: %w", err)
	}
	_, err = w.Write(plain)
	if err = errors.Join(err, w.Close()); err != nil {
		return nil, fmt.Errorf("encrypt secrets: %w", err)
	}
	return sealed.Bytes(), nil
}

// unseal decrypts the result of seal. It returns sentinel errors only, because
// age's own may quote the file.
func unseal(sealed []byte, passphrase core.Secret) (core.Secrets, error) {
	identity, err := age.NewScryptIdentity(passphrase.Reveal())
	if err != nil {
		return core.Secrets{}, core.ErrPassphrase // the passphrase is empty
	}
	identity.SetMaxWorkFactor(maxWorkFactor)
	r, err := age.Decrypt(bytes.NewReader(sealed), identity)
	other := new(age.NoIdentityMatchError)
	switch {
	case errors.As(err, &other) && slices.Contains(other.StanzaTypes, "scrypt"):
		return core.Secrets{}, core.ErrPassphrase
	case err != nil:
		return core.Secrets{}, core.ErrVaultDamaged
	}
	plain, err := io.ReadAll(r)
	if err != nil {
		return core.Secrets{}, core.ErrVaultDamaged
	}
	return decode(plain)
}

func decode(plain []byte) (core.Secrets, error) {
	var head struct{ Version int }
	if err := json.Unmarshal(plain, &head); err != nil || head.Version < 1 {
		return core.Secrets{}, core.ErrVaultDamaged
	}
	if head.Version > contentsVersion {
		return core.Secrets{}, core.ErrNewer
	}
	var c contents
	if err := json.Unmarshal(plain, &c); err != nil {
		return core.Secrets{}, core.ErrVaultDamaged
	}
	return core.Secrets{
		APIKey:        core.KeptSecret(string(c.APIKey)),
		WebhookSecret: core.KeptSecret(string(c.WebhookSecret)),
		Authtoken:     core.KeptSecret(string(c.Authtoken)),
		ClientSecret:  core.KeptSecret(string(c.ClientSecret)),
		ReportsSecret: core.KeptSecret(string(c.ReportsSecret)),
		DeskKey:       core.KeptSecret(string(c.DeskKey)),
		Retiring:      core.Retiring{Secret: core.KeptSecret(string(c.Retiring)), Until: c.RetiringUntil},
	}, nil
}
