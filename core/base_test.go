package core_test

import (
	"errors"
	"strings"
	"testing"

	"rentbell/core"
)

func TestPlainHTTPIsForThisComputerAlone(t *testing.T) {
	tests := map[string]error{
		"":                             nil,
		"https://api.appfolio.com":     nil,
		"https://api.appfolio.com/x/":  nil,
		"http://127.0.0.1:8090":        nil,
		"http://127.8.9.1":             nil,
		"http://localhost:8090/api":    nil,
		"HTTP://LocalHost":             nil,
		"http://[::1]:8090":            nil,
		"http://[::ffff:127.0.0.1]:80": nil,

		"http://api.appfolio.com":            core.ErrPlainHTTP,
		"HTTP://api.appfolio.com":            core.ErrPlainHTTP,
		"http://192.168.1.20:8090":           core.ErrPlainHTTP,
		"http://0.0.0.0:8090":                core.ErrPlainHTTP,
		"http://[::]:8090":                   core.ErrPlainHTTP,
		"http://[fe80::1]":                   core.ErrPlainHTTP,
		"http://127.0.0.1.example.com":       core.ErrPlainHTTP,
		"http://localhost.example.com":       core.ErrPlainHTTP,
		"http://evil.localhost":              core.ErrPlainHTTP,
		"http://127.1:8090":                  core.ErrPlainHTTP,
		"http://2130706433":                  core.ErrPlainHTTP,
		"http://0x7f000001":                  core.ErrPlainHTTP,
		"http://localhost@example.com":       core.ErrBadAppFolioURL,
		"https://user:s3cr3t@example.com":    core.ErrBadAppFolioURL,
		"http://user:s3cr3t@127.0.0.1":       core.ErrBadAppFolioURL,
		"https://example.com?key=s3cr3t":     core.ErrBadAppFolioURL,
		"https://user:s3cr3t%zz@example.com": core.ErrBadAppFolioURL,
		"https://:443":                       core.ErrBadAppFolioURL,
		"ftp://127.0.0.1":                    core.ErrBadAppFolioURL,
		"s3cr3t":                             core.ErrBadAppFolioURL,
	}
	for text, want := range tests {
		err := core.Settings{AppFolioURL: text}.Validate()
		if !errors.Is(err, want) || want != nil && !errors.Is(err, core.ErrBadAppFolioURL) {
			t.Errorf("AppFolio URL %q: %v, want %v", text, err, want)
		}
		reports := core.Settings{Space: core.Space{ReportsURL: text}}.Validate()
		if (reports == nil) != (want == nil) || errors.Is(reports, core.ErrPlainHTTP) != errors.Is(want, core.ErrPlainHTTP) {
			t.Errorf("reports URL %q: %v, want %v", text, reports, want)
		}
		if err != nil && strings.Contains(err.Error()+reports.Error(), "s3cr3t") {
			t.Errorf("%q is repeated: %v, %v", text, err, reports)
		}
	}
}

func TestSettingsThatCannotBeUsedAreNotRepeated(t *testing.T) {
	const typed = "https://user:s3cr3t@example.com/"
	for name, s := range map[string]core.Settings{
		"kind": {Kind: typed}, "address": {Address: typed}, "public address": {ManualAddress: typed}, "proxy": {Proxy: typed},
		"company": {Space: core.Space{Company: typed}}, "client id": {Space: core.Space{ClientID: typed + " "}},
	} {
		if err := s.Validate(); err == nil || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
