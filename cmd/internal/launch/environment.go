package launch

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"rentbell/core"
)

// The environment variables that carry secrets and what belongs to them; flags never do. Instead of
// each, the one with fileSuffix may name a file that holds the secret.
const (
	EnvAPIKey        = "APPFOLIO_API_KEY"
	EnvWebhookSecret = "APPFOLIO_WEBHOOK_SECRET"
	EnvAuthtoken     = "NGROK_AUTHTOKEN"

	// Of Developer Space. The ids are no secrets, but belong to them.
	EnvClientID        = "APPFOLIO_CLIENT_ID"
	EnvClientSecret    = "APPFOLIO_CLIENT_SECRET"
	EnvDeveloperID     = "APPFOLIO_DEVELOPER_ID"
	EnvDatabaseID      = "APPFOLIO_DATABASE_ID"
	EnvReportsClientID = "APPFOLIO_REPORTS_CLIENT_ID"
	EnvReportsSecret   = "APPFOLIO_REPORTS_CLIENT_SECRET"

	fileSuffix = "_FILE"
)

// maxSecretFile is far more than a secret has: a file that is longer is another one.
const maxSecretFile = 64 << 10

var (
	errBothSet   = errors.New("only one of two environment variables may be set")
	errEmptyFile = errors.New("file is empty")
	errLongFile  = errors.New("file is longer than 64 KiB")
	errNoFile    = errors.New("no file of that name")
)

// ReadEnv reads the secrets from the environment, or from the files that it
// names: those that Docker and systemd hand over. Its errors name the variable
// and the file, and never what is in them.
func (c *Connection) ReadEnv(getenv func(string) string) error {
	var s core.Secrets
	for _, v := range []struct {
		name   string
		secret *core.Secret
	}{
		{EnvAPIKey, &s.APIKey}, {EnvWebhookSecret, &s.WebhookSecret}, {EnvAuthtoken, &s.Authtoken},
		{EnvClientSecret, &s.ClientSecret}, {EnvReportsSecret, &s.ReportsSecret},
	} {
		value, err := lookUp(getenv, v.name)
		if err != nil {
			return err
		}
		*v.secret = core.NewSecret(value)
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
		*id = strings.TrimSpace(value)
	}
	return nil
}

// lookUp returns what a variable says, or the file of its companion.
func lookUp(getenv func(string) string, name string) (string, error) {
	value, path := getenv(name), getenv(name+fileSuffix)
	switch {
	case path == "":
		return value, nil
	case value != "":
		return "", fmt.Errorf("%w: %s, %s", errBothSet, name, name+fileSuffix)
	}
	value, err := readSecret(path)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name+fileSuffix, err)
	}
	return value, nil
}

// readSecret reads a small file. A pipe or device might keep the start waiting
// for ever, so it is not even opened.
func readSecret(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil && filepath.Base(path) == path:
		return "", errNoFile // and perhaps no name of a file either: the secret itself, put here by mistake
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s: %w", path, core.ErrNotFile)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	content, err := io.ReadAll(io.LimitReader(f, maxSecretFile+1))
	_ = f.Close() // it was only read
	switch {
	case err != nil:
		return "", err
	case len(content) > maxSecretFile:
		return "", fmt.Errorf("%s: %w", path, errLongFile)
	case core.NewSecret(string(content)).IsZero():
		return "", fmt.Errorf("%s: %w", path, errEmptyFile)
	}
	return string(content), nil
}
