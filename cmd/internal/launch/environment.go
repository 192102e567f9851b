package launch

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"rentbell/core"
)

// The environment variables that set secrets and ids. A variable with
// fileSuffix added to its name sets the path of a file that holds the value
// instead.
const (
	EnvAPIKey        = core.EnvAPIKey
	EnvWebhookSecret = core.EnvWebhookSecret
	EnvAuthtoken     = core.EnvAuthtoken

	EnvClientID        = core.EnvClientID
	EnvClientSecret    = core.EnvClientSecret
	EnvDeveloperID     = core.EnvDeveloperID
	EnvDatabaseID      = core.EnvDatabaseID
	EnvReportsClientID = core.EnvReportsClientID
	EnvReportsSecret   = core.EnvReportsSecret

	EnvNATSCredentials = "RENTBELL_NATS_CREDS"

	fileSuffix = "_FILE"
)

// maxSecretFile is far more than a secret needs. A longer file is refused as a
// wrong one.
const maxSecretFile = 64 << 10

var (
	errBothSet   = errors.New("only one of two environment variables may be set")
	errEmptyFile = errors.New("file is empty")
	errLongFile  = errors.New("file is longer than 64 KiB")
	errNoFile    = errors.New("no file of that name; the variable holds the path of a file, not the secret")
)

// ReadEnv reads secrets and ids from the environment, or from the files that it
// names, such as those of Docker secrets and systemd credentials. Errors name
// the variable and the file, and never repeat their content.
func (c *Connection) ReadEnv(getenv func(string) string) error {
	var s core.Secrets
	for _, v := range []struct {
		name   string
		secret *core.Secret
	}{
		{EnvAPIKey, &s.APIKey}, {EnvWebhookSecret, &s.WebhookSecret}, {EnvAuthtoken, &s.Authtoken},
		{EnvClientSecret, &s.ClientSecret}, {EnvReportsSecret, &s.ReportsSecret},
	} {
		var err error
		if *v.secret, err = lookUp(getenv, v.name); err != nil {
			return err
		}
	}
	c.Secrets = s
	for name, id := range map[string]*string{
		EnvClientID: &c.Space.ClientID, EnvDeveloperID: &c.Space.DeveloperID, EnvDatabaseID: &c.Space.DatabaseID,
		EnvReportsClientID: &c.Space.ReportsClientID,
	} {
		value, err := lookUp(getenv, name)
		if err != nil {
			return err
		}
		*id = value.Reveal()
	}
	return nil
}

// NATSCredentials reads those of an account in a NATS cluster: a .creds file has several
// lines. They are zero when they are not set.
func NATSCredentials(getenv func(string) string) (core.Secret, error) {
	return find(getenv, EnvNATSCredentials, core.KeptSecret, func(core.Secret) error { return nil })
}

// lookUp returns the cleaned value of a variable, or of the file that its
// companion names. It is zero when neither is set.
func lookUp(getenv func(string) string, name string) (core.Secret, error) {
	return find(getenv, name, core.NewSecret, core.Secret.Check)
}

func find(getenv func(string) string, name string, clean func(string) core.Secret, check func(core.Secret) error) (core.Secret, error) {
	value, path := clean(getenv(name)), getenv(name+fileSuffix)
	if path != "" && !value.IsZero() {
		return core.Secret{}, fmt.Errorf("%w: %s, %s", errBothSet, name, name+fileSuffix)
	}
	var err error
	if path != "" {
		name += fileSuffix
		value, err = readSecret(path, clean)
	}
	if err = cmp.Or(err, check(value)); err != nil {
		return core.Secret{}, fmt.Errorf("%s: %w", name, err)
	}
	return value, nil
}

// readSecret reads a small regular file. It does not open a pipe or a device,
// which could block for ever.
func readSecret(path string, clean func(string) core.Secret) (core.Secret, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil && !isPath(path):
		return core.Secret{}, errNoFile
	case err != nil:
		return core.Secret{}, err
	case !info.Mode().IsRegular():
		return core.Secret{}, fmt.Errorf("%s: %w", path, core.ErrNotFile)
	}
	f, err := os.Open(path)
	if err != nil {
		return core.Secret{}, err
	}
	content, err := io.ReadAll(io.LimitReader(f, maxSecretFile+1))
	_ = f.Close() // it was only read
	if err == nil && len(content) > maxSecretFile {
		err = errLongFile
	}
	text, ok := decodeText(content)
	secret := clean(text)
	switch {
	case err != nil:
	case !ok:
		err = core.ErrBadSecret
	case secret.IsZero():
		err = errEmptyFile
	}
	if err != nil {
		return core.Secret{}, fmt.Errorf("%s: %w", path, err)
	}
	return secret, nil
}

// isPath reports whether an error may repeat text as a path: it is absolute and
// names a file in an existing directory other than the root. Any other text may
// be the secret itself, set in the wrong variable.
func isPath(text string) bool {
	folder := filepath.Dir(text)
	if !filepath.IsAbs(text) || filepath.Dir(folder) == folder {
		return false
	}
	info, err := os.Stat(folder)
	return err == nil && info.IsDir()
}

// decodeText returns the text of a file. A file that begins with a UTF-16 byte
// order mark, as editors and shells of Windows write it, is decoded; any other
// is returned as it is. ok is false when the UTF-16 is broken or cut off.
func decodeText(content []byte) (text string, ok bool) {
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(content, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(content, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	default:
		return string(content), true
	}
	units := make([]uint16, len(content)/2)
	for i := range units {
		units[i] = order.Uint16(content[2*i:])
	}
	text = string(utf16.Decode(units))
	return text, len(content)%2 == 0 && !strings.ContainsRune(text, utf8.RuneError)
}
