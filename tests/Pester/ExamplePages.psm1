# The examples of the help pages and of the README: what is typed, and the shape of what comes of it.
Set-StrictMode -Version Latest
$Root = Join-Path $PSScriptRoot '../..'
$Rules = (Import-PowerShellDataFile (Join-Path $PSScriptRoot 'Shape.psd1')).Rules

# Every example: the page, its number and title, what is typed, and the lines that are shown ($null where the page shows none).
function Get-PageExample {
    foreach ($page in Get-ChildItem (Join-Path $Root 'docs') -Filter '*-*.md' | Where-Object BaseName -CMatch '^[A-Z][A-Za-z]+-[A-Z]' | Sort-Object Name) {
        $text = (Get-Content $page -Raw) -replace "`r`n", "`n"
        foreach ($example in [regex]::Matches($text, '(?ms)^### Example (?<number>\d+): (?<title>[^\n]+)\n(?<body>.*?)(?=^###? |\z)')) {
            $body = $example.Groups['body'].Value
            $code = [regex]::Match($body, '(?ms)^```powershell\n(.*?)\n```$')
            $shown = [regex]::Match($body, '(?ms)^```output\n(.*?)\n```$')
            @{
                Page = $page.BaseName; Number = [int] $example.Groups['number'].Value; Title = $example.Groups['title'].Value
                Code = $code.Groups[1].Value; Shown = if ($shown.Success) { $shown.Groups[1].Value }
            }
        }
    }
}

# Every fenced session of a page: what stands behind the prompts (PS> and >>) is typed, the rest is shown.
function Get-SessionExample {
    param([string] $File = 'README.md')
    $prompt = '^(PS|>)> '
    $text = (Get-Content (Join-Path $Root $File) -Raw) -replace "`r`n", "`n"
    $number = 0
    foreach ($fence in [regex]::Matches($text, '(?ms)^```powershell\n(?<body>.*?)\n```$')) {
        $lines = $fence.Groups['body'].Value -split "`n"
        $typed = @($lines | Where-Object { $_ -match $prompt })
        if (-not $typed) { continue }
        $number++
        $shown = @($lines | Where-Object { $_ -notmatch $prompt -and $_.Trim() })
        @{
            Page = [IO.Path]::GetFileNameWithoutExtension($File); Number = $number; Title = ($typed[0] -replace $prompt, '')
            Code = ($typed -replace $prompt, '') -join "`n"; Shown = if ($shown) { $shown -join "`n" }
        }
    }
}

# Lines without what does not count (Shape.psd1). What fits the pattern of what varies is only a star.
function ConvertTo-Shape {
    param([AllowEmptyString()] [string] $Text, [string] $Varies)
    foreach ($line in $Text -split "`n") {
        $line = $line.Trim()
        foreach ($rule in $Rules) { $line = $line -replace $rule.Find, $rule.Put }
        if ($Varies) { $line = $line -replace $Varies, '*' }
        if ($line) { $line }
    }
}

# What differs between what a page shows and what came; nothing where the shape is the same. A line "..." at the end stands for any further lines.
# Among: other lines may come before, between and after.
function Compare-Shape {
    param([AllowEmptyString()] [string] $Shown, [AllowEmptyString()] [string] $Came, [string] $Varies, [switch] $Among)
    $expected = @(ConvertTo-Shape $Shown $Varies)
    $actual = @(ConvertTo-Shape $Came $Varies)
    $open = $expected.Count -gt 0 -and $expected[-1] -eq '...'
    if ($open) { $expected = @($expected | Select-Object -SkipLast 1) }
    if ($Among) {
        $at = 0
        foreach ($line in $expected) {
            while ($at -lt $actual.Count -and $actual[$at] -cne $line) { $at++ }
            if ($at++ -ge $actual.Count) { return "the page shows: $line`n  and that did not come, or not in this order" }
        }
        return
    }
    if ($open) { $actual = @($actual | Select-Object -First $expected.Count) }
    for ($i = 0; $i -lt [Math]::Max($expected.Count, $actual.Count); $i++) {
        $left = if ($i -lt $expected.Count) { $expected[$i] } else { '(no more lines)' }
        $right = if ($i -lt $actual.Count) { $actual[$i] } else { '(no more lines)' }
        if ($left -cne $right) { return "line $($i + 1):`n  the page shows: $left`n  what came:      $right" }
    }
}

# What is wrong with what came of an example, in words; nothing where it is as the page says. Where a help page shows nothing, nothing may come; where the README, which
# leaves out what is clear, shows nothing, no error.
function Get-ExampleDifference {
    param([hashtable] $Example, [hashtable] $Result)
    $Result.Problems
    if ($null -ne $Example.Shown) { Compare-Shape $Example.Shown $Result.Text -Varies $Example.Varies -Among:([bool] $Example.Among) }
    elseif ($Example.Page -eq 'README') { $Result.Errors }
    else { Compare-Shape '' $Result.Text }
}

# The rows of docs/habits.md that can be run. In a table with three columns the middle one is what is run for the habit.
function Get-Habit {
    $lab = @(
        'link add free0 type veth peer name free1'
        'link add mac0 link eth0 address 02:00:00:00:00:10 type macvlan mode vepa'
        'link add mac1 link free1 address 02:00:00:00:00:11 type macvlan mode source macaddr set 52:54:00:00:00:01'
        'tuntap add tap9 mode tap'
        'addr add 10.9.0.1/24 dev p0'
        'route add 10.8.0.0/16 dev p0 proto static'
    )
    $before = "'$($lab -join "', '")' | ip -batch -`nbridge fdb add 02:00:00:00:00:99 dev p0 master dynamic`nip netns add blue"
    $title = ''
    foreach ($line in Get-Content (Join-Path $Root 'docs/habits.md')) {
        if ($line -match '^## (.*)') { $title = $Matches[1] }
        if ($title -eq 'virsh' -or $line -notmatch '^\| `') { continue }
        if ($title -eq 'NetAdapter and Hyper-V') {
            # Windows is not here to compare with, and no QEMU runs: what is typed here has to work, one after the other.
            $habit, $here = $line.Trim('|', ' ') -split '\|', 2
            $code = @([regex]::Matches($here, '`([^`]+)`') | ForEach-Object { $_.Groups[1].Value } | Where-Object { $_ -notmatch 'vm\.qmp' }) -join '; '
            @{ Key = $habit.Trim(); Habit = ''; Ours = $code; Changes = $false; Alone = $true; Before = $before }
            continue
        }
        $cells = @([regex]::Split($line.Trim('|', ' '), '(?<!\\)\|') | ForEach-Object { $_.Trim().Trim('`').Replace('\|', '|') })
        $habit = if ($cells.Count -eq 3) { $cells[1] } else { $cells[0] }
        $looks = $title -eq 'Looking'
        @{
            Key = $cells[0]; Habit = if ($looks) { '' } else { $habit }; Ours = $cells[-1]; Changes = -not $looks; Alone = $false
            Before = $before
        }
    }
}

# All examples, with what Examples.psd1 says of them. Skip is the reason why one is not run, or $null.
function Get-PreparedExample {
    $table = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'Examples.psd1')
    foreach ($example in @(Get-PageExample) + @(Get-SessionExample)) {
        $page = if ($table.ContainsKey($example.Page)) { $table[$example.Page] } else { @{} }
        $own = if ($page.ContainsKey("$($example.Number)")) { $page["$($example.Number)"] } else { @{} }
        $example.Key = "$($example.Page) $($example.Number)"
        $example.Before = @($page['Before'], $own['Before'] | Where-Object { $_ }) -join "`n"
        $example.Meanwhile = if ($own['Meanwhile']) { $own['Meanwhile'] } else { $page['Meanwhile'] }
        $example.StopAfter = $own['StopAfter']
        foreach ($name in 'Omit', 'Width', 'Varies', 'Among') { $example[$name] = if ($null -ne $own[$name]) { $own[$name] } else { $page[$name] } }
        $absent = @($page['Needs'], $own['Needs'] | Where-Object { $_ -and -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) })
        $example.Skip = if ($own['Skip']) { $own['Skip'] } elseif ($page['Skip']) { $page['Skip'] } elseif ($absent) { "The program '$($absent[0])' is not on this host." }
        $example
    }
}

# Lines of Examples.psd1 about examples that no page has any more.
function Get-PreparationWithoutExample {
    $keys = @(Get-PreparedExample | ForEach-Object Key)
    $table = Import-PowerShellDataFile (Join-Path $PSScriptRoot 'Examples.psd1')
    foreach ($page in $table.Keys) {
        foreach ($number in $table[$page].Keys | Where-Object { $_ -match '^\d+$' }) {
            if ("$page $number" -notin $keys) { "$page $number" }
        }
    }
}

# Runs them in a process with network and mount namespaces of its own; a table of what came, by key.
function Invoke-PreparedExample {
    param([hashtable[]] $Example)
    $in, $out = [IO.Path]::GetTempFileName(), [IO.Path]::GetTempFileName()
    try {
        [IO.File]::WriteAllText($in, (ConvertTo-Json @($Example | Where-Object { -not $_['Skip'] }) -Depth 4))
        # A shell that was installed as a .NET tool is the program dotnet with a library.
        $shell = @((Get-Process -Id $PID).Path)
        if ((Split-Path $shell[0] -Leaf) -eq 'dotnet') { $shell += Join-Path $PSHOME 'pwsh.dll' }
        $said = & unshare --net --mount --propagation private @shell -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot 'Invoke-Example.ps1') -In $in -Out $out 2>&1
        if ($LASTEXITCODE -ne 0) { throw "The examples did not run: $($said -join "`n")" }
        $results = @{}
        foreach ($line in [IO.File]::ReadLines($out)) { $result = ConvertFrom-Json $line -AsHashtable; $results[$result.Key] = $result }
        $results
    }
    finally {
        Remove-Item $in, $out
    }
}

Export-ModuleMember -Function Get-PageExample, Get-SessionExample, Get-Habit, Get-PreparedExample, Get-PreparationWithoutExample, Invoke-PreparedExample, Compare-Shape, Get-ExampleDifference
