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

// The environment variables that carry secrets and what belongs to them; flags never do. Instead of
// each, the one with fileSuffix may name a file that holds the secret.
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

	fileSuffix = "_FILE"
)

// maxSecretFile is far more than a secret has: a file that is longer is another one.
const maxSecretFile = 64 << 10

var (
	errBothSet   = errors.New("only one of two environment variables may be set")
	errEmptyFile = errors.New("file is empty")
	errLongFile  = errors.New("file is longer than 64 KiB")
	errNoFile    = errors.New("no file of that name; the variable holds the path of a file, not the secret")
)

// ReadEnv reads the secrets from the environment, or from the files that it
// names: those that Docker and systemd hand over. Its errors name the variable,
// and the file where there is one, and never what is in them.
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

// lookUp returns what a variable says, or the file of its companion, cleaned.
func lookUp(getenv func(string) string, name string) (core.Secret, error) {
	value, path := core.NewSecret(getenv(name)), getenv(name+fileSuffix)
	if path != "" && !value.IsZero() {
		return core.Secret{}, fmt.Errorf("%w: %s, %s", errBothSet, name, name+fileSuffix)
	}
	var err error
	if path != "" {
		name += fileSuffix
		value, err = readSecret(path)
	}
	if err = cmp.Or(err, value.Check()); err != nil {
		return core.Secret{}, fmt.Errorf("%s: %w", name, err)
	}
	return value, nil
}

// readSecret reads a small file. A pipe or device might keep the start waiting
// for ever, so it is not even opened.
func readSecret(path string) (core.Secret, error) {
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
	secret := core.NewSecret(text)
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

// isPath reports whether text is surely a path, so that an error may repeat it:
// an absolute one into a folder that is there, other than the root. Anything else
// may be the secret itself, put there by mistake.
func isPath(text string) bool {
	folder := filepath.Dir(text)
	if !filepath.IsAbs(text) || filepath.Dir(folder) == folder {
		return false
	}
	info, err := os.Stat(folder)
	return err == nil && info.IsDir()
}

// decodeText returns a file's text: UTF-16 where a byte order mark says so, as
// editors and shells of Windows write it, and otherwise as it is. ok is false
// for UTF-16 that is cut off or broken.
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
