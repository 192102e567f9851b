package launch

import (
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rentbell/core"
	"rentbell/core/tunnel"
)

func TestFlagsChooseTheWayToBeReached(t *testing.T) {
	token := core.Secrets{Authtoken: core.NewSecret("2abc")}
	tests := []struct {
		name string
		c    Connection
		want core.TunnelOptions
	}{
		{"nothing: what Settings say", Connection{}, core.TunnelOptions{}},
		{"a port alone", Connection{Listen: "127.0.0.1:4000", Secrets: token}, core.TunnelOptions{Kind: core.TunnelLoopback, Listen: "127.0.0.1:4000"}},
		{"a port behind a tunnel of one's own", Connection{Listen: "127.0.0.1:4000", PublicURL: "https://bell.example/", Ngrok: core.TunnelOptions{URL: "https://a.ngrok.app"}},
			core.TunnelOptions{Kind: core.TunnelManual, Listen: "127.0.0.1:4000", URL: "https://bell.example"}},
		{"an authtoken", Connection{Secrets: token}, core.TunnelOptions{Kind: core.TunnelNgrok}},
		{"an address of ngrok's", Connection{Ngrok: core.TunnelOptions{URL: "https://a.ngrok.app"}}, core.TunnelOptions{Kind: core.TunnelNgrok, URL: "https://a.ngrok.app"}},
	}
	for _, tt := range tests {
		if got := tt.c.override().Tunnel; got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.name, got, tt.want)
		}
	}
}

func TestFlagsThatCannotBeUsedAreTold(t *testing.T) {
	tests := map[string]struct {
		c    Connection
		want error // nil: any
	}{
		"public address without a port": {Connection{PublicURL: "https://bell.example"}, nil},
		"public address without https":  {Connection{Listen: "127.0.0.1:1", PublicURL: "http://bell.example"}, core.ErrBadAddress},
		"proxy with a password":         {Connection{Ngrok: core.TunnelOptions{Proxy: "http://me:secret@proxy:3128"}}, core.ErrProxyPassword},
		"AppFolio by plain http":        {Connection{AppFolioURL: "http://api.appfolio.com"}, core.ErrPlainHTTP},
		"reports by plain http":         {Connection{Space: core.Space{ReportsURL: "http://oakline.appfolio.com"}}, core.ErrPlainHTTP},
		"AppFolio with a password":      {Connection{AppFolioURL: "https://me:secret@api.appfolio.com"}, core.ErrBadAppFolioURL},
		"ngrok with a password":         {Connection{Ngrok: core.TunnelOptions{URL: "https://me:secret@a.ngrok.app"}}, core.ErrBadAddress},
		"public with a password":        {Connection{Listen: "127.0.0.1:1", PublicURL: "https://me:secret@bell.example"}, core.ErrBadAddress},
		"port with a password":          {Connection{Listen: "http://me:secret@127.0.0.1:1"}, nil},
		"proxy with a password alone":   {Connection{Ngrok: core.TunnelOptions{Proxy: "me:secret@proxy:3128"}}, core.ErrProxyPassword},
		"service with a password":       {Connection{Ngrok: core.TunnelOptions{ConnectURL: "me:secret@ngrok:443"}}, tunnel.ErrBadConnectURL},
		"proxy of another kind":         {Connection{Ngrok: core.TunnelOptions{Proxy: "ftp://proxy:21"}}, core.ErrBadProxy},
	}
	for name, tt := range tests {
		if err := tt.c.Check(); err == nil || tt.want != nil && !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", name, err, tt.want)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v repeats the password", name, err)
		}
	}
	if err := (&Connection{Listen: "127.0.0.1:1", PublicURL: "https://bell.example", Ngrok: core.TunnelOptions{Proxy: "socks5://proxy:1080"}}).Check(); err != nil {
		t.Errorf("what can be used: %v", err)
	}
}

func TestReportsNeedAFolderAndNothingElse(t *testing.T) {
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for dir, want := range map[string]error{t.TempDir(): nil, data: core.ErrDataDir, file: core.ErrNotFolder, filepath.Join(data, "none"): fs.ErrNotExist} {
		c := Connection{Kind: core.KindReports, ReportsDir: dir}
		if err := errors.Join(c.Check(), c.CheckSecrets()); err != nil {
			t.Errorf("%s: %v", dir, err)
		}
		if err := c.CheckReports(data); !errors.Is(err, want) || err != nil && !strings.HasPrefix(err.Error(), "--reports-dir") {
			t.Errorf("%s: %v, want %v", dir, err, want)
		}
	}
	none := Connection{Kind: core.KindReports}
	if err := none.CheckReports(data); err == nil || !strings.Contains(err.Error(), "--reports-dir") {
		t.Errorf("no folder: %v", err)
	}
	if err := (&Connection{Kind: core.KindReports, Register: true}).Check(); err == nil {
		t.Error("an address is to be registered that there is not")
	}
	var c Connection
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	c.AddFlags(flags)
	if err := flags.Parse([]string{"--kind", "reports", "--reports-dir", "reports"}); err != nil || c.Kind != core.KindReports || !filepath.IsAbs(c.ReportsDir) {
		t.Errorf("the flags say %+v, %v", c, err)
	}
}

func TestDeveloperSpaceNamesWhatIsMissing(t *testing.T) {
	id, secret := "3f0c", core.NewSecret("shh-very-secret")
	whole := Connection{Kind: core.KindDeveloperSpace, Listen: "127.0.0.1:1", Space: core.Space{ClientID: id, DeveloperID: id}, Secrets: core.Secrets{ClientSecret: secret}}
	tests := []struct {
		change func(*Connection)
		want   string // empty: nothing is missing
	}{
		{func(*Connection) {}, ""},
		{func(c *Connection) { c.Space.ClientID = "" }, EnvClientID},
		{func(c *Connection) { c.Secrets.ClientSecret = core.Secret{} }, EnvClientSecret},
		{func(c *Connection) { c.Space.DeveloperID = "" }, EnvDeveloperID},
		{func(c *Connection) { c.Space.ReportsClientID = id }, EnvReportsSecret},
		{func(c *Connection) { c.Secrets.ReportsSecret = secret }, EnvReportsClientID},
		{func(c *Connection) { c.Listen = "" }, EnvAuthtoken},
		{func(c *Connection) { c.Kind = core.KindWebhookAPI }, EnvWebhookSecret},
	}
	for _, tt := range tests {
		c := whole
		tt.change(&c)
		err := c.CheckSecrets()
		switch {
		case tt.want == "" && err != nil:
			t.Errorf("nothing is missing: %v", err)
		case tt.want != "" && (!errors.Is(err, ErrMissing) || !strings.HasSuffix(err.Error(), tt.want)):
			t.Errorf("got %v, want %s named", err, tt.want)
		}
	}
}

func TestOnlyPlainWordsOfTheCommandLineAreRepeated(t *testing.T) {
	for word, want := range map[string]string{"": "", "sevre": ` "sevre"`, "dry-run": ` "dry-run"`, "APPFOLIO_API_KEY=x": " word", "whsec_1": " word", "sk1": " word", "averylongpassphrase": " word"} {
		if got := Quoted(word); got != want {
			t.Errorf("Quoted(%q) = %q, want %q", word, got, want)
		}
	}
}
