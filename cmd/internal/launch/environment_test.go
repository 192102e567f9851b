package launch

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"rentbell/core"
)

const told = "whsec_that_nobody_repeats"

// from makes a getenv of pairs of name and value.
func from(pairs ...string) func(string) string {
	env := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		env[pairs[i]] = pairs[i+1]
	}
	return func(name string) string { return env[name] }
}

func write(t *testing.T, name, content string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestSecretsComeFromTheEnvironmentOrFromFiles(t *testing.T) {
	link := filepath.Join(t.TempDir(), "link") // as Kubernetes and Docker mount them
	if err := os.Symlink(write(t, "token", "\tthe-token\n"), link); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	var c Connection
	err := c.ReadEnv(from(
		EnvAPIKey, "the-key",
		EnvAPIKey+fileSuffix, "", // set to nothing is not set
		EnvWebhookSecret+fileSuffix, write(t, "secret", told+"\r\n"),
		EnvAuthtoken+fileSuffix, link,
	))
	want := core.Secrets{APIKey: core.NewSecret("the-key"), WebhookSecret: core.NewSecret(told), Authtoken: core.NewSecret("the-token")}
	if err != nil || c.Secrets != want {
		t.Errorf("ReadEnv = %v; %q, %q, %q", err, c.Secrets.APIKey.Reveal(), c.Secrets.WebhookSecret.Reveal(), c.Secrets.Authtoken.Reveal())
	}
}

func TestFilesOfSecretsThatAreNoneAreNamedAndNotRepeated(t *testing.T) {
	const variable = EnvWebhookSecret + fileSuffix
	dir := t.TempDir()
	unreadable := write(t, "unreadable", told)
	if err := os.Chmod(unreadable, 0); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		path string
		want error
	}{
		{filepath.Join(dir, "none"), os.ErrNotExist},
		{dir, core.ErrNotFile},
		{os.DevNull, core.ErrNotFile},
		{write(t, "empty", ""), errEmptyFile},
		{write(t, "blank", " \n\t\n"), errEmptyFile},
		{write(t, "long", strings.Repeat(told, 3000)), errLongFile},
		{unreadable, os.ErrPermission},
	}
	for _, tt := range tests {
		if tt.path == unreadable && os.Geteuid() <= 0 {
			continue // root, and everybody on Windows, may read it
		}
		var c Connection
		err := c.ReadEnv(from(variable, tt.path))
		if !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.path, err, tt.want)
			continue
		}
		if text := err.Error(); !strings.Contains(text, variable) || !strings.Contains(text, tt.path) || strings.Contains(text, told) {
			t.Errorf("%s: %q does not name variable and file, or repeats what is in it", tt.path, text)
		}
	}
}

func TestSecretOfTheGreatestLengthIsRead(t *testing.T) {
	long := strings.Repeat("s", maxSecretFile)
	var c Connection
	if err := c.ReadEnv(from(EnvAPIKey+fileSuffix, write(t, "long", long))); err != nil || c.Secrets.APIKey.Reveal() != long {
		t.Errorf("ReadEnv = %v, %d characters", err, len(c.Secrets.APIKey.Reveal()))
	}
}

func TestSecretThatStandsWhereAFileBelongsIsNotRepeated(t *testing.T) {
	for _, mistake := range []string{told, strings.Repeat(told, 100), "s3cr3t/" + told + "==", "/" + told, "/s3cr3t/" + told, "./" + told, "../" + told, told + "\x00"} {
		var c Connection
		err := c.ReadEnv(from(EnvWebhookSecret+fileSuffix, mistake))
		if !errors.Is(err, errNoFile) || strings.Contains(err.Error(), told) {
			t.Errorf("ReadEnv = %v", err)
		}
	}
}

func TestVariableAndFileTogetherAreRefused(t *testing.T) {
	for _, name := range []string{EnvAPIKey, EnvWebhookSecret, EnvAuthtoken} {
		var c Connection
		err := c.ReadEnv(from(name, told, name+fileSuffix, write(t, "secret", told)))
		if !errors.Is(err, errBothSet) || !strings.Contains(err.Error(), name+", "+name+fileSuffix) || strings.Contains(err.Error(), told) {
			t.Errorf("%s: %v", name, err)
		}
		if c.Secrets != (core.Secrets{}) {
			t.Errorf("%s: something was read all the same", name)
		}
	}
}

func TestSecretsThatARunNeedsAreNamed(t *testing.T) {
	env := map[string]string{}
	tests := []struct {
		set  string // one more variable
		c    Connection
		want string
	}{
		{"", Connection{Listen: "127.0.0.1:0"}, EnvWebhookSecret},
		{EnvWebhookSecret, Connection{}, EnvAuthtoken},
		{"", Connection{Listen: "127.0.0.1:0", Register: true}, EnvAPIKey},
		{EnvAPIKey, Connection{Listen: "127.0.0.1:0", Register: true}, ""},
		{EnvAuthtoken, Connection{Register: true}, ""},
	}
	for _, tt := range tests {
		env[tt.set] = "value"
		if err := tt.c.ReadEnv(func(name string) string { return env[name] }); err != nil {
			t.Fatal(err)
		}
		err := tt.c.CheckSecrets()
		if got := errors.Is(err, ErrMissing); got != (tt.want != "") || (got && err.Error() != ErrMissing.Error()+": "+tt.want) {
			t.Errorf("%+v: %v, want one about %q", tt.c, err, tt.want)
		}
	}
}

func TestDeveloperSpaceComesFromTheEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "client-id")
	if err := os.WriteFile(file, []byte(" 3f0c\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var c Connection
	err := c.ReadEnv(from("APPFOLIO_CLIENT_ID_FILE", file, "APPFOLIO_CLIENT_SECRET", told, "APPFOLIO_DEVELOPER_ID", "dev",
		"APPFOLIO_DATABASE_ID", "db", "APPFOLIO_REPORTS_CLIENT_ID", "rep", "APPFOLIO_REPORTS_CLIENT_SECRET", told+"2"))
	if err != nil {
		t.Fatal(err)
	}
	if want := (core.Space{ClientID: "3f0c", DeveloperID: "dev", DatabaseID: "db", ReportsClientID: "rep"}); c.Space != want {
		t.Errorf("got %+v, want %+v", c.Space, want)
	}
	if c.Secrets.ClientSecret.Reveal() != told || c.Secrets.ReportsSecret.Reveal() != told+"2" {
		t.Error("the secrets are others")
	}
}

func TestSecretsAreCleanedOnEveryWayIn(t *testing.T) {
	for name, pasted := range map[string]string{
		"as it is": told, "byte order mark": "\ufeff" + told, "quotes": `"` + told + `"`, "typographic": "“" + told + "”", "key of a header": "Bearer " + told,
		"line of a shell": "export " + EnvAPIKey + "='" + told + "'\n",
	} {
		for way, env := range map[string]func(string) string{
			"variable": from(EnvAPIKey, pasted), "file": from(EnvAPIKey+fileSuffix, write(t, "key", pasted)),
			"file of Windows":    from(EnvAPIKey+fileSuffix, write(t, "key", utf16File(binary.LittleEndian, pasted+"\r\n"))),
			"file in big endian": from(EnvAPIKey+fileSuffix, write(t, "key", utf16File(binary.BigEndian, pasted))),
			"id":                 from(EnvAPIKey, told, EnvClientID, strings.Replace(pasted, EnvAPIKey, EnvClientID, 1)),
		} {
			var c Connection
			if err := c.ReadEnv(env); err != nil || c.Secrets.APIKey.Reveal() != told || way == "id" && c.Space.ClientID != told {
				t.Errorf("%s by %s: %v, %q", name, way, err, c.Secrets.APIKey.Reveal())
			}
		}
	}
}

// utf16File is text in UTF-16, behind a byte order mark.
func utf16File(order binary.AppendByteOrder, text string) string {
	file := order.AppendUint16(nil, 0xfeff)
	for _, unit := range utf16.Encode([]rune(text)) {
		file = order.AppendUint16(file, unit)
	}
	return string(file)
}

func TestWhatIsNoSecretAfterCleaningIsNamedAndNotRepeated(t *testing.T) {
	windows := utf16File(binary.LittleEndian, told)
	for _, content := range []string{told + " and more", told + "\n" + told, told + "\x00", told + "\u00a0x", told + "\x1b[0m", windows[:len(windows)-1], windows + "\x00\xd8", windows[2:]} {
		if !strings.Contains(content, "\x00") || content == windows[2:] { // no variable can hold that
			var c Connection
			err := c.ReadEnv(from(EnvAuthtoken, content))
			if !strings.Contains(content, "\xff") && (!errors.Is(err, core.ErrBadSecret) || !strings.Contains(err.Error(), EnvAuthtoken) || strings.Contains(err.Error(), told)) {
				t.Errorf("variable %q: %v", content, err)
			}
		}
		var c Connection
		path := write(t, "token", content)
		err := c.ReadEnv(from(EnvAuthtoken+fileSuffix, path))
		if !errors.Is(err, core.ErrBadSecret) || !strings.Contains(err.Error(), EnvAuthtoken+fileSuffix) || strings.Contains(err.Error(), told) {
			t.Errorf("file %q: %v", content, err)
		}
	}
}

func TestCredentialsOfNATSKeepTheirLines(t *testing.T) {
	const creds = "-----BEGIN NATS USER JWT-----\neyJ0\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\nSUAL\n------END USER NKEY SEED------"
	for name, getenv := range map[string]func(string) string{
		"the variable": from(EnvNATSCredentials, creds+"\n"),
		"its file":     from(EnvNATSCredentials+"_FILE", write(t, "office.creds", creds+"\n")),
	} {
		if got, err := NATSCredentials(getenv); err != nil || got.Reveal() != creds {
			t.Errorf("%s: %q, %v", name, got.Reveal(), err)
		}
	}
	if got, err := NATSCredentials(from()); err != nil || !got.IsZero() {
		t.Errorf("without any: %v, %v", got, err)
	}
	for _, getenv := range []func(string) string{
		from(EnvNATSCredentials, told, EnvNATSCredentials+"_FILE", "/run/"+told), from(EnvNATSCredentials+"_FILE", told),
	} {
		if _, err := NATSCredentials(getenv); err == nil || strings.Contains(err.Error(), told) || !strings.Contains(err.Error(), EnvNATSCredentials) {
			t.Error(err)
		}
	}
}
