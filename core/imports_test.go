package core_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// graph says which of our packages each package may import. Every arrow points
// towards core: types and interfaces live there, so ui and store never meet.
var graph = map[string][]string{
	"cmd/rentbell":           {"cmd/internal/logs", "cmd/internal/opengl", "core/bell", "core/remote", "core/update", "cmd/internal/launch", "ui", "ui/explain", "ui/failure", "ui/words", "store", "assets", "core", "core/appfolio", "core/appfolio/sandbox", "core/desktop", "core/keychain", "core/login", "core/picker", "core/tunnel"},
	"cmd/rentbelld":          {"core/office/beacon", "core/office/shared", "core/office", "core/office/desk", "core/office/hub", "core/board", "core/calendar", "core/export", "core/imports", "core/intake", "core/lookout", "core/monthsheet", "core/names", "core/owner", "core/radar", "core/remote", "core/table", "core/wholefile", "cmd/internal/launch", "ui/explain", "store", "core", "core/appfolio", "core/appfolio/reports", "core/appfolio/sandbox", "core/appfolio/sandbox/paper", "core/appfolio/sandbox/space", "core/keychain", "core/tunnel"},
	"cmd/internal/logs":      {},
	"cmd/internal/opengl":    {},
	"cmd/internal/launch":    {"core/office", "core/office/beacon", "core/office/desk", "core/office/pair", "cmd/internal/logs", "core/bell", "core/inbox", "core/owner", "core/remote", "ui/explain", "store", "core", "core/appfolio", "core/appfolio/devspace", "core/appfolio/readback", "core/appfolio/records", "core/appfolio/reports", "core/appfolio/sandbox", "core/appfolio/sandbox/paper", "core/appfolio/sandbox/space", "core/appfolio/sandbox/story", "core/keychain", "core/machine", "core/table", "core/tunnel"},
	"ui":                     {"core", "core/bell", "core/names", "core/wholefile", "assets", "ui/chooser", "ui/explain", "ui/exports", "ui/feeds", "ui/frame", "ui/imports", "ui/kit", "ui/naming", "ui/news", "ui/notify", "ui/settings", "ui/welcome", "ui/words"},
	"ui/chooser":             {"assets", "core/picker", "ui/frame", "ui/kit", "ui/words"},
	"ui/explain":             {"core", "core/office"}, // free of Fyne: rentbelld says the same words
	"ui/explain/wordtest":    {},
	"ui/exports":             {"core", "core/export", "assets", "ui/chooser", "ui/explain", "ui/frame", "ui/kit", "ui/words"},
	"ui/expected":            {"core", "assets", "ui/explain", "ui/frame", "ui/kit", "ui/words"},
	"ui/failure":             {"assets", "ui/explain", "ui/frame", "ui/kit", "ui/words"},
	"ui/attention":           {"core", "assets", "ui/explain", "ui/frame", "ui/kit", "ui/news", "ui/words"},
	"ui/feeds":               {"core", "core/names", "assets", "ui/attention", "ui/expected", "ui/explain", "ui/find", "ui/frame", "ui/kit", "ui/news", "ui/overview", "ui/words"},
	"ui/find":                {"core", "core/names", "ui/words"}, // free of Fyne
	"ui/frame":               {"core", "core/office", "assets", "ui/explain", "ui/kit", "ui/words"},
	"ui/imports":             {"core", "core/appfolio/reports", "core/imports", "core/names", "core/rents", "core/table", "assets", "ui/chooser", "ui/explain", "ui/frame", "ui/kit", "ui/words"},
	"ui/kit":                 {"assets"},
	"ui/naming":              {"core", "core/names", "ui/frame", "ui/kit", "ui/words"},
	"ui/news":                {"core", "assets", "ui/explain", "ui/kit", "ui/words"},
	"ui/notify":              {"core", "ui/explain", "ui/frame", "ui/kit", "ui/words"},
	"ui/overview":            {"core", "core/overview", "assets", "ui/explain", "ui/frame", "ui/kit", "ui/news", "ui/words"},
	"ui/settings":            {"core", "core/names", "core/office", "core/wholefile", "assets", "ui/chooser", "ui/explain", "ui/frame", "ui/kit", "ui/notify", "ui/words"},
	"ui/uitest":              {"core", "core/bell", "core/appfolio", "core/appfolio/sandbox", "core/tunnel", "store", "ui/kit", "ui/words"}, // for tests alone, so it may join them
	"ui/welcome":             {"core", "assets", "ui/frame", "ui/kit", "ui/words"},
	"ui/words":               {"core", "ui/explain", "ui/kit"},
	"store":                  {"core", "core/machine", "core/owner", "store/salvage"},
	"store/salvage":          {}, // knows bbolt's pages and nothing of what is on them
	"assets":                 {},
	"core":                   {}, // values and contracts: no room of it is known here
	"core/board":             {"core"},
	"core/calendar":          {"core"},
	"core/door":              {"core", "core/board"},
	"core/register":          {"core", "core/board"},
	"core/ring":              {"core", "core/board"},
	"core/inbox":             {"core", "core/board", "core/owner"},
	"core/names":             {"core", "core/board", "core/table"},
	"core/lookout":           {"core", "core/board", "core/radar"},
	"core/imports":           {"core", "core/appfolio/reports", "core/names", "core/rents", "core/table"},
	"core/intake":            {"core", "core/appfolio/readback", "core/imports", "core/lookout", "core/names"},
	"core/rents":             {"core", "core/names", "core/table"},
	"core/table":             {"core"},
	"core/export":            {"core", "core/owner", "core/wholefile"},
	"core/wholefile":         {"core", "core/owner"},
	"core/owner":             {"core"},
	"core/monthsheet":        {"core"},
	"core/office":            {"core", "core/wholefile"},
	"core/office/beacon":     {"core"},
	"core/office/desk":       {"core", "core/office", "core/office/shared", "core/wholefile"},
	"core/office/hub":        {"core", "core/office", "core/office/pair", "core/office/shared", "core/wholefile"},
	"core/office/shared":     {"core", "core/export", "core/office"},
	"core/sharing":           {"core", "core/board", "core/names"},
	"core/office/pair":       {"core/office"},
	"core/overview":          {"core"},
	"core/radar":             {"core"},
	"core/remote":            {"core/office", "core", "core/export", "core/imports", "core/owner", "core/radar"},
	"core/bell":              {"core", "core/board", "core/calendar", "core/door", "core/export", "core/imports", "core/inbox", "core/intake", "core/lookout", "core/monthsheet", "core/names", "core/radar", "core/register", "core/ring", "core/sharing", "core/table"},
	"core/bustest":           {},                               // for tests alone
	"store/ledgertest":       {"core", "core/export", "store"}, // for tests alone
	"core/appfolio":          {"core"},
	"core/appfolio/devspace": {"core", "core/appfolio"},
	"core/appfolio/readback": {"core", "core/appfolio", "core/appfolio/records", "core/appfolio/reports"},
	"core/appfolio/records":  {"core", "core/appfolio"},
	"core/appfolio/reports":  {"core", "core/appfolio/records", "core/names", "core/table"},
	"core/appfolio/sandbox":  {"core", "core/appfolio/sandbox/story"},
	"core/desktop":           {"core"},
	"core/keychain":          {"core", "core/wholefile"},
	"core/login":             {"core", "core/wholefile"},
	"core/machine":           {"core"},
	"core/picker":            {},
	"core/tunnel":            {"core"},
	"core/update":            {"core", "core/wholefile"},
	"core/tunnel/ngroktest":  {"core"},

	"core/appfolio/sandbox/paper": {"core", "core/appfolio/sandbox/story", "core/wholefile"},
	"core/appfolio/sandbox/space": {"core", "core/appfolio/sandbox", "core/appfolio/sandbox/story"},
	"core/appfolio/sandbox/story": {"core"},
}

// fences says who may import a module or package of others. The longest path
// counts; what is not here may be imported by nobody.
var fences = map[string][]string{
	"aead.dev/minisign":                 {"core/update"},
	"filippo.io/age":                    {"core/keychain"},
	"fyne.io/fyne/v2":                   {"cmd/rentbell", "ui", "ui/attention", "ui/chooser", "ui/expected", "ui/exports", "ui/failure", "ui/feeds", "ui/frame", "ui/imports", "ui/kit", "ui/naming", "ui/news", "ui/overview", "ui/settings", "ui/uitest", "ui/welcome", "ui/words", "assets"},
	"fyne.io/fyne/v2/app":               {"cmd/rentbell"}, // brings in OpenGL and with it cgo
	"fyne.io/fyne/v2/test":              {"ui/uitest"},    // tests only
	"github.com/emersion/go-ical":       {"core/calendar"},
	"github.com/fsnotify/fsnotify":      {"core/inbox"}, // changes in a folder
	"github.com/go-jose/go-jose/v4":     {"core/appfolio/devspace"},
	"github.com/godbus/dbus/v5":         {"core/desktop", "core/keychain", "core/machine", "core/picker"},
	"github.com/xuri/excelize/v2":       {"core/export", "store/ledgertest"},
	"github.com/zalando/go-keyring":     {"core/keychain"},
	"go.etcd.io/bbolt":                  {"store"},
	"github.com/nats-io/nats-server/v2": {"core/office/hub"}, // a server: the desk app carries the client alone
	"github.com/nats-io/nats.go":        {"core/office/desk", "core/office/hub", "core/office/shared"},
	"github.com/nats-io/nkeys":          {"cmd/internal/launch", "core/office/desk", "core/office/hub", "core/office/pair", "core/office/shared"},
	"golang.org/x/crypto/scrypt":        {"core/office"},
	"github.com/Microsoft/go-winio":     {"core/remote"}, // named pipes, on Windows

	"git.sr.ht/~jackmordaunt/go-toast/wintoast": {"core/desktop"}, // notifications, on Windows
	"github.com/go-ole/go-ole":                  {"core/desktop"}, // COM, which they come by
	"golang.org/x/sys":                          {"cmd/internal/opengl", "core/desktop", "core/login", "core/machine", "core/remote"},
	"golang.ngrok.com/muxado/v2":                {"core/tunnel/ngroktest"},
	"golang.ngrok.com/ngrok/v2":                 {"core/tunnel"},
	"golang.org/x/mod":                          {"core/update"},
	"golang.org/x/text/encoding":                {"core/table"},
	"golang.org/x/text/unicode/norm":            {"core/export", "ui/words"}, // accents, which OFX has none of and searches do not mind
	"golang.org/x/net/dns/dnsmessage":           {"core/office/beacon"},
	"golang.org/x/net/proxy":                    {"core/tunnel"},
	"golang.org/x/time/rate":                    {"core/office/beacon"}, // bounds what a hostile network costs
	"github.com/fxamacker/cbor/v2":              {"store"},

	"github.com/go-text/typesetting": {"ui/words"}, // Fyne's own, for which characters there is a font
}

// testFences lists what test files may import beyond what their package may.
// Our own packages they may all import: the story tests join real ones.
var testFences = map[string][]string{
	"fyne.io/fyne/v2/test":              {"cmd/rentbell", "ui", "ui/attention", "ui/chooser", "ui/expected", "ui/exports", "ui/failure", "ui/feeds", "ui/frame", "ui/imports", "ui/kit", "ui/settings", "ui/welcome", "assets"},
	"github.com/emersion/go-ical":       {"cmd/rentbelld"},
	"github.com/godbus/dbus/v5":         {"cmd/rentbell"},
	"github.com/xuri/excelize/v2":       {"cmd/rentbelld", "core/table"}, // writes the workbooks that are read
	"github.com/nats-io/nats-server/v2": {"core/office/desk"},            // publishes what a later receiver does
	"github.com/nats-io/jwt/v2":         {"core/office/desk"},            // credentials of a cluster
	"go.etcd.io/bbolt":                  {"core/bell", "store/salvage"},  // the plain reference that both are measured by
}

// starters are the files and, with a slash at the end, the directories that may
// start goroutines. Whoever starts one waits for it, and few places can be
// checked for that by reading.
var starters = []string{
	"cmd/rentbell/main.go",
	"cmd/rentbell/opening.go", // Fyne's loop has the main goroutine
	"cmd/rentbelld/sandbox.go",
	"cmd/internal/launch/",
	"core/bell/run.go",
	"core/door/door.go",
	"core/export/todisk.go", // the disk beside the writing of an export
	"core/appfolio/sandbox/courier.go",
	"core/office/beacon/",      // questions of the local network
	"core/office/hub/",         // connections of desks
	"core/office/desk/",        // what is shared, beside the events
	"core/office/shared/",      // the watching of each bucket
	"core/keychain/bounded.go", // go-keyring takes no context
	"core/tunnel/",
	"ui/mailbox.go",
	"ui/frame/post.go",
	"ui/uitest/payments.go", // for tests alone
}

const module = "rentbell/"

func TestImportsFollowTheGraph(t *testing.T) {
	seen := map[string]bool{}
	for name, file := range parseModule(t, parser.ImportsOnly) {
		pkg := path.Dir(name)
		seen[pkg] = true
		if _, known := graph[pkg]; !known {
			t.Errorf("%s: package %s is not in the graph", name, pkg)
			continue
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatalf("%s: unquote import: %v", name, err)
			}
			if !mayImport(pkg, imported, strings.HasSuffix(name, "_test.go")) {
				t.Errorf("%s: %s may not import %s", name, pkg, imported)
			}
		}
	}
	for pkg := range graph {
		if !seen[pkg] {
			t.Errorf("the graph has %s, which does not exist", pkg)
		}
	}
}

// mayImport reports whether a file of pkg may import another package.
func mayImport(pkg, imported string, test bool) bool {
	if ours, yes := strings.CutPrefix(imported, module); yes {
		return test || slices.Contains(graph[pkg], ours)
	}
	if root, _, _ := strings.Cut(imported, "/"); !strings.Contains(root, ".") && imported != "C" {
		return true // the standard library
	}
	return slices.Contains(longest(fences, imported), pkg) ||
		test && slices.Contains(longest(testFences, imported), pkg)
}

// longest returns the entry of the longest path that holds the imported one.
func longest(fences map[string][]string, imported string) []string {
	for ; imported != "."; imported = path.Dir(imported) {
		if allowed, found := fences[imported]; found {
			return allowed
		}
	}
	return nil
}

func TestMayImport(t *testing.T) {
	tests := []struct {
		pkg, imported string
		test, want    bool
	}{
		{"core", "net/http", false, true},
		{"core", "rentbell/store", false, false},
		{"core", "rentbell/store", true, true},
		{"store", "rentbell/core", false, true},
		{"ui", "rentbell/store", false, false},
		{"ui", "fyne.io/fyne/v2/widget", false, true},
		{"ui", "fyne.io/fyne/v2/app", false, false},
		{"ui", "fyne.io/fyne/v2/test", false, false},
		{"ui", "fyne.io/fyne/v2/test", true, true},
		{"cmd/rentbell", "go.etcd.io/bbolt", false, false},
		{"core", "go.etcd.io/bbolt", false, false},
		{"core/bell", "go.etcd.io/bbolt", true, true},
		{"cmd/rentbell", "github.com/stretchr/testify/require", true, false},
		{"cmd/rentbell", "C", false, false},
	}
	for _, tt := range tests {
		if got := mayImport(tt.pkg, tt.imported, tt.test); got != tt.want {
			t.Errorf("mayImport(%s, %s, test %v) = %v, want %v", tt.pkg, tt.imported, tt.test, got, tt.want)
		}
	}
}

func TestGoroutinesStartWhereTheyMay(t *testing.T) {
	for name, file := range parseModule(t, parser.SkipObjectResolution) {
		if strings.HasSuffix(name, "_test.go") || mayStart(name) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if startsGoroutine(n) {
				t.Errorf("%s starts a goroutine; only %s may", name, strings.Join(starters, ", "))
			}
			return true
		})
	}
}

func mayStart(name string) bool {
	return slices.ContainsFunc(starters, func(s string) bool {
		return name == s || strings.HasSuffix(s, "/") && strings.HasPrefix(name, s)
	})
}

// startsGoroutine recognises the go statement, and wg.Go by its name.
func startsGoroutine(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.GoStmt:
		return true
	case *ast.CallExpr:
		selector, ok := n.Fun.(*ast.SelectorExpr)
		return ok && selector.Sel.Name == "Go"
	}
	return false
}

// parseModule parses every Go file of the module, by its path from the root.
// It reads files rather than ask `go list`, so that the test cache notices a
// change in any of them.
func parseModule(t *testing.T, mode parser.Mode) map[string]*ast.File {
	t.Helper()
	root := ".."
	files := map[string]*ast.File{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && hidden(entry.Name()):
			return filepath.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, mode)
		if err != nil {
			return err
		}
		name, err = filepath.Rel(root, name)
		files[filepath.ToSlash(name)] = file
		return err
	})
	if err != nil {
		t.Fatalf("parse module: %v", err)
	}
	return files
}

// hidden reports whether the go command, too, passes over a directory of that name.
func hidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") || name == "testdata" || name == "build"
}
