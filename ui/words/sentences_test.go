package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// sentence is an English text in the sources that a catalogue has to translate.
type sentence struct {
	text, where string
	perhaps     bool // may be an identifier instead, so a catalogue need not have it
}

// silentFiles lists files without translated texts. Reports for support and
// exported files stay English.
var silentFiles = []string{"../explain/support.go", "../explain/tongue.go", "../explain/system.go", "../words/language.go", "../words/glyphs.go"}

// sourcesOf returns the files of all packages of ui that may have texts for the
// screen.
func sourcesOf(t *testing.T) (names []string) {
	t.Helper()
	for _, pattern := range []string{"../*.go", "../*/*.go"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	return slices.DeleteFunc(names, func(name string) bool {
		return strings.HasSuffix(name, "_test.go") || filepath.Base(filepath.Dir(name)) == "uitest" || slices.Contains(silentFiles, filepath.ToSlash(name))
	})
}

// spokenSentences returns all texts in the sources, with duplicates.
func spokenSentences(t *testing.T) (all []sentence) {
	t.Helper()
	for _, name := range sourcesOf(t) {
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		r := reading{table: filepath.Base(filepath.Dir(name)) == "explain", add: func(text string, at token.Pos, perhaps bool) {
			all = append(all, sentence{text, files.Position(at).String(), perhaps})
		}}
		ast.Walk(r, file)
	}
	for month := time.January; month <= time.December; month++ {
		all = append(all, sentence{month.String(), "a month", false}, sentence{month.String()[:3], "a month", false})
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		all = append(all, sentence{day.String(), "a weekday", false}, sentence{day.String()[:3], "a weekday", false})
	}
	return all
}

// reading is an ast.Visitor that collects the sentences of a file.
type reading struct {
	table bool // texts in tables are sentences even if they do not look like one
	said  bool // inside a call that translates its texts
	add   func(text string, at token.Pos, perhaps bool)
}

func (r reading) Visit(n ast.Node) ast.Visitor {
	switch n := n.(type) {
	case *ast.ImportSpec, *ast.StructType:
		return nil
	case *ast.CallExpr:
		return r.call(n)
	case *ast.KeyValueExpr: // a map's key is not for the screen, its value is
		ast.Walk(r, n.Value)
		return nil
	case *ast.CompositeLit:
		r.said = r.table
		return r
	case *ast.ValueSpec:
		r.said = r.table
		return r
	case *ast.CaseClause: // a text to compare with is not for the screen
		r.said = false
		for _, s := range n.Body {
			ast.Walk(r, s)
		}
		return nil
	case *ast.BinaryExpr, *ast.BasicLit:
		if text, is := literal(n.(ast.Expr)); is {
			if letters.MatchString(text) {
				r.add(text, n.Pos(), !r.said && !looksSaid(text))
			}
			return nil
		}
	case *ast.BlockStmt:
		r.said = false
	}
	return r
}

// call collects the sentences in a call's arguments.
func (r reading) call(call *ast.CallExpr) ast.Visitor {
	name := calledName(call)
	switch {
	case slices.Contains(unsaid, name):
		for _, arg := range call.Args {
			if _, text := literal(arg); !text {
				ast.Walk(r, arg)
			}
		}
		return nil
	case slices.Contains(speakers, name):
		r.said = true
		for _, arg := range call.Args {
			ast.Walk(r, arg)
		}
		return nil
	}
	r.said = false
	return r
}

// speakers lists functions that translate their texts or pass them on to Say.
var speakers = []string{"Say", "SayN", "Tongue", "t", "Date", "words", "silent", "NameOr", "Numbered"}

// unsaid lists functions whose texts are for logs or for the program itself.
var unsaid = []string{"Errorf", "New", "Debug", "Info", "Warn", "Error", "LogError", "panic", "report", "Report", "showing", "run", "read", "openDetail", "openStory", "readDetail", "mark",
	"MustCompile", "Format", "Parse", "Count", "EqualFold", "len", "HasPrefix", "HasSuffix", "TrimPrefix", "TrimSuffix", "Cut", "Contains",
	"Join", "SetFileName"}

func calledName(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// literal returns the value of a string literal, or of several joined by +.
func literal(n ast.Expr) (text string, is bool) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		first, whole := literal(n.X)
		rest, too := literal(n.Y)
		return first + rest, whole && too && n.Op == token.ADD
	case *ast.BasicLit:
		if n.Kind == token.STRING {
			text, err := strconv.Unquote(n.Value)
			return text, err == nil
		}
	}
	return "", false
}

var (
	letters = regexp.MustCompile(`[A-Za-z]`)
	// saidLook matches a word that begins with a capital, or two words.
	saidLook = regexp.MustCompile(`^[A-Z][a-z]+|[A-Za-z] [A-Za-z]`)
)

func looksSaid(text string) bool {
	return saidLook.MatchString(text) && !slices.Contains(notSaid, text)
}

// notSaid lists texts that look like words but are not translated.
var notSaid = []string{
	"Rentbell", "AppFolio", "Xero", "QuickBooks Online", // names
	"Ctrl+", "Cmd+", "Shift+", // keys
	"Dana Whitfield", "Alder Court", // samples
	"window width", "window height", "told what closing does", // keys of preferences
	"Documents", "Rentbell exports", "AppFolio reports", "Rentbell names.csv", "Rentbell lease ends.ics", // folders and files
	"rentbell.log and crash.log in the data folder, unless Rentbell was started in a terminal", // the report for support is English
	"Rentbell payments ", "Rentbell backup ", "Rentbell rent ", "%d Q%d", // file names, and a quarter
	"Date", "Description", "Payee", // columns of exports
	"Work done", "estimate requested", "assigned by appfolio", "work done", "work completed", "ready to bill", "completed no need to bill", // AppFolio's values, for comparison
	"told what closing does",
}

// unsaidArguments returns the texts in a file that reach the screen without
// translation, and counted nouns without a plural.
func unsaidArguments(t *testing.T, name string, nouns catalogue) (found []string) {
	t.Helper()
	files := token.NewFileSet()
	file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		call, is := n.(*ast.CallExpr)
		if !is {
			return true
		}
		called := calledName(call)
		for _, arg := range call.Args {
			text, is := literal(arg)
			_, counted := nouns["%s "+text]
			switch {
			case !is:
			case called == "Count" && !counted:
				found = append(found, files.Position(arg.Pos()).String()+": nobody counts "+text)
			case looksSaid(text) && !slices.Contains(speakers, called) && !slices.Contains(unsaid, called):
				found = append(found, files.Position(arg.Pos()).String()+": "+called+" shows "+text)
			}
		}
		return true
	})
	return found
}
