<#
.SYNOPSIS
Runs examples one after the other, each in a fresh lab and a fresh runspace, and writes what a user would have seen of each as a line of JSON.
.DESCRIPTION
For a process of its own, in network and mount namespaces of its own (unshare --net --mount): it removes every link that it finds there, and has a /run of its own.
Each statement is run as if it had been typed at the prompt. The current directory is empty, and programs are looked for in it first: a preparation can put one there.
#>
param(
    # A file with the examples as JSON, as Examples.Tests.ps1 makes it.
    [Parameter(Mandatory)] [string] $In,
    # The file for the results.
    [Parameter(Mandatory)] [string] $Out
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest
$Manifest = Join-Path $PSScriptRoot '../../MacvtapTools.psd1'
$Patience = [TimeSpan]::FromSeconds(15)
$Scratch = Join-Path ([IO.Path]::GetTempPath()) "mvtt-$PID-example"

# Wide enough for everything; an example whose lines are broken says how wide its terminal was.
$WideEnough = 500

# An example that makes network namespaces has small indexes in them. Where somebody else's link has the path of the device node at that moment, it is tried again.
$Collision = '/dev/tap\d+ is (not the tap device of link|another device)|\bShadowed\b'
$Attempts = 5

# The links get indexes that follow on from here: /dev/tapN is one for all network namespaces, and small numbers are everybody's. To count up takes links, so not far.
$LastFirst = 5000
$Room = 4000
$FirstIndex = $from = 300 + $PID % 700
foreach ($taken in Get-ChildItem /dev -Filter 'tap*' | ForEach-Object { [long] ('0' + $_.Name -replace '\D') } | Sort-Object) {
    if ($taken -ge $from -and $taken -lt $from + $Room) { $from = $taken + 1 }
}
if ($from -le $LastFirst) { $FirstIndex = [int] $from }

if ((Get-Item "/proc/$PID/ns/net").LinkTarget -eq (Get-Item /proc/1/ns/net).LinkTarget) { throw 'This removes all links: run it in a network namespace of its own.' }
Add-Type -Path (Join-Path $PSScriptRoot 'WritingHost.cs')

# Whatever language the host speaks: lines are broken between words, and times have 24 hours.
$culture = [cultureinfo]::new('en-US')
$culture.DateTimeFormat = [cultureinfo]::InvariantCulture.DateTimeFormat
[cultureinfo]::CurrentCulture = $culture

# The pages show who holds a tap device; a shell that was installed as a .NET tool would be called dotnet.
[IO.File]::WriteAllText("/proc/$PID/comm", 'pwsh')

function Invoke-Batch {
    param([string[]] $Lines)
    $output = $Lines | & ip -batch - 2>&1
    if ($LASTEXITCODE -ne 0) { throw "ip -batch: $output" }
}

# In one go: the kernel waits once, not for each. A link may go by itself meanwhile, when the namespace of its other end does.
function Remove-AllLink {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while ($names = Get-LinkName) {
        @($names | ForEach-Object { "link set $_ group 77" }) + 'link delete group 77' | ip -force -batch - 2>$null
        if ($clock.Elapsed.TotalSeconds -gt 60) { throw "The links $names cannot be removed." }
    }
}

function Get-LinkName { [IO.Directory]::GetDirectories('/sys/class/net') | ForEach-Object { [IO.Path]::GetFileName($_) } | Where-Object { $_ -ne 'lo' } }

# A lower device eth0, and p0, the port of br0 that it is plugged into.
function Reset-Lab {
    ip -all netns delete
    Remove-AllLink
    ip route flush table all 2>$null
    '/proc/sys/net/ipv4/ip_forward', '/proc/sys/net/ipv6/conf/all/forwarding', '/proc/sys/net/ipv6/conf/default/forwarding' | ForEach-Object { [IO.File]::WriteAllText($_, '0') }
    Invoke-Batch 'link set lo down', 'link set lo up', 'link add br0 type bridge forward_delay 0', 'link add eth0 type veth peer name p0', 'link set br0 up', 'link set p0 up', 'link set eth0 up', 'link set p0 master br0'
    Wait-Port
}

function Wait-Port {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    while ([IO.File]::ReadAllText('/sys/class/net/p0/brport/state').Trim() -ne '3' -or [IO.File]::ReadAllText('/sys/class/net/eth0/operstate').Trim() -ne 'up') {
        if ($clock.Elapsed.TotalSeconds -gt 5) { throw 'The port of the lab does not forward.' }
        [Threading.Thread]::Yield() | Out-Null
    }
}

function New-Shell {
    param($ConsoleHost)
    $state = [initialsessionstate]::CreateDefault2()
    $state.ImportPSModule($Manifest)
    $state.Commands.Add([Management.Automation.Runspaces.SessionStateFunctionEntry]::new('Start-OpenVswitch', ${function:Start-OpenVswitch}))
    $state.Variables.Add([Management.Automation.Runspaces.SessionStateVariableEntry]::new('OpenVswitchScript', (Join-Path $PSScriptRoot '../Scenarios/openvswitch.sh'), ''))
    $state.Variables.Add([Management.Automation.Runspaces.SessionStateVariableEntry]::new('OpenVswitchProcess', [Collections.ArrayList]::new(), ''))
    $runspace = [runspacefactory]::CreateRunspace($ConsoleHost, $state)
    $runspace.Open()
    $runspace
}

# For preparations: an Open vSwitch of the example's own, its bridge ovs0 with the ports sw1 and far3 in the lab, its sockets in a directory. It ends with the example.
function Start-OpenVswitch {
    param([string] $Directory)
    ip netns attach lab $PID
    Remove-Item $Directory -Recurse -Force -ErrorAction Ignore
    $start = [Diagnostics.ProcessStartInfo]::new('/bin/sh', [string[]] ($OpenVswitchScript, 'lab', $Directory))
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    $null = $OpenVswitchProcess.Add($process) # it ends with its input, which a collection of garbage would close
    if ($process.StandardOutput.ReadLine() -ne 'ready') { throw "Open vSwitch did not start: $($process.StandardError.ReadToEnd())" }
}

# Runs text as the console does it: everything goes through Out-Default to the host. Gives what went wrong with the running itself.
function Invoke-Typed {
    param($Runspace, [string] $Text, [double] $StopAfter, [double] $Limit = $Patience.TotalSeconds)
    $shell = [powershell]::Create($Runspace)
    try {
        $null = $shell.AddScript($Text)
        $shell.Commands.Commands[0].MergeMyResults('Error', 'Output')
        # A program whose output would go to Out-Default at once writes to the terminal itself.
        $null = $shell.AddCommand('Where-Object').AddArgument([scriptblock]::Create('$true'))
        $null = $shell.AddCommand('Out-Default')
        $running = $shell.BeginInvoke()
        if ($running.AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds($(if ($StopAfter) { $StopAfter } else { $Limit })))) {
            try { $null = $shell.EndInvoke($running) } catch { "it threw: $($_.Exception.InnerException.Message)" }
            return
        }
        $shell.Stop()
        if (-not $StopAfter) { "it did not end within $Limit s: $Text" }
    }
    finally {
        $shell.Dispose()
    }
}

# Runs what has to be there before; it may wait for something that never comes. Gives what went wrong.
function Invoke-Before {
    param($Runspace, [string] $Text, [double] $Limit)
    $shell = [powershell]::Create($Runspace)
    try {
        $running = $shell.AddScript($Text).BeginInvoke()
        $ended = $running.AsyncWaitHandle.WaitOne([TimeSpan]::FromSeconds($Limit))
        if ($ended) { try { $null = $shell.EndInvoke($running) } catch { $_.Exception.Message } }
        else { $shell.Stop() }
        $shell.Streams.Error | ForEach-Object { "$_" }
        if (-not $ended) { "it did not end within $Limit s" }
    }
    finally {
        $shell.Dispose()
    }
}

function Get-Child {
    # A thread can end while it is asked.
    foreach ($task in Get-ChildItem "/proc/$PID/task" -ErrorAction Ignore) {
        "$(Get-Content "$($task.FullName)/children" -ErrorAction Ignore)".Split(' ', [StringSplitOptions]::RemoveEmptyEntries) | ForEach-Object { [int] $_ }
    }
}

# What the kernel has, as ip and bridge tell it, without indexes, times, and addresses that are chosen at random.
function Get-State {
    $lines = @(
        'link show', 'addr show', 'route show table all', 'maddr show', 'tuntap show' | ip -d -j -batch -
        'link show', 'fdb show br br0 brport p0' | bridge -d -j -batch -
        ip -j netns list
        ip -n blue -d -j link show 2>$null
        Get-ChildItem /proc/sys/net/ipv4/conf | ForEach-Object { "$($_.Name) $([IO.File]::ReadAllText("$_/forwarding").Trim())" }
    ) -split '(?<=\}),(?=\{)' | ForEach-Object { $_.TrimStart('[').TrimEnd(']') } | Where-Object { $_ -notmatch 'fe80:|ff02:|"33:33:|"multicast ff' } | Sort-Object
    $text = $lines -join "`n"
    # What follows a change a moment later, whoever made it.
    $text = $text -replace '"(operstate|time|dadfailed|tentative)":("\w+"|\d+|true),?' -replace '"(NO-CARRIER|M-DOWN|LOWER_UP|linkdown)",?'
    $text = $text -replace '"(ifindex|link_index|index|link_netnsid|iif|master_index|inet6_token|valid_life_time|preferred_life_time|users)":\s*\d+,?', ''
    $text = $text -replace '"(id|no|hello_timer|tcn_timer|topology_change_timer|gc_timer|message_age_timer|forward_delay_timer|hold_timer|designated_port)":"?[\w.]+"?,?', ''
    $text = $text -replace '\b(?!02:00:00:00:00:|52:54:00:|01:|ff:|00:00:)([0-9a-f]{2}:){5}[0-9a-f]{2}\b', 'MAC' -replace '\b33:33:ff:[0-9a-f:]+', 'SOLICITED' -replace '\bff02::1:ff[0-9a-f:]+', 'SOLICITED'
    $text = $text -replace '\bfe80::[0-9a-f:]+', 'LINKLOCAL' -replace '\b8000\.[0-9a-f:]+', 'BRIDGE' -replace '"(root_id|bridge_id|designated_root|designated_bridge)":"[^"]*"', '"$1"'
    # Addresses that the bridge happened to learn come and go; the rest in an order that does not depend on what was random.
    @($text -split "`n" | Where-Object { $_ -notmatch '"mac":"MAC".*"state":""' } | Sort-Object) -join "`n"
}

function Invoke-OneExample {
    param($Example)
    Reset-Lab
    $null = New-Item $Scratch -ItemType Directory -Force
    $console = [MacvtapTools.Pester.WritingHost]::new($(if ($Example['Width']) { $Example['Width'] } else { $WideEnough }))
    $quiet = [MacvtapTools.Pester.WritingHost]::new($WideEnough)
    $runspace = New-Shell $console
    $beside = $null
    try {
        $null = Invoke-Typed $runspace "Set-Location '$Scratch'"
        $problems = @()
        $limit = if ($Example['Patience']) { $Example['Patience'] } else { $Patience.TotalSeconds }
        if ($Example['Before']) { $problems += @(Invoke-Before $runspace $Example['Before'] $limit | ForEach-Object { "preparing: $_" }) }
        $first = $console.Text.Length
        if ($Example['Meanwhile']) {
            $beside = [powershell]::Create((New-Shell $quiet))
            $null = $beside.AddScript("Set-Location '$Scratch'; while (`$true) { $($Example['Meanwhile'])`nStart-Sleep -Milliseconds 50 }").BeginInvoke()
        }
        $tokens = $errors = $null
        $tree = [Management.Automation.Language.Parser]::ParseInput($Example.Code, [ref] $tokens, [ref] $errors)
        $problems += @($errors | ForEach-Object { "it does not parse: $_" })
        foreach ($statement in $tree.EndBlock.Statements) {
            if ($Example['Omit'] -and $statement.Extent.Text -like $Example['Omit']) { continue }
            $problems += @(Invoke-Typed $runspace $statement.Extent.Text $Example['StopAfter'] $limit)
        }
        # Read before the runspace is closed; what the shell itself cannot know ($Error) tells whether there were errors.
        $failures = @($runspace.SessionStateProxy.GetVariable('Error') | ForEach-Object { "$_" })
        $answer = @{ Problems = $problems; Text = $console.Text.Substring($first); Errors = $failures }
        if ($Example['Snapshot']) {
            $answer.ExitCode = [int] $runspace.SessionStateProxy.GetVariable('LASTEXITCODE')
            $answer.State = Get-State
        }
        $answer
    }
    finally {
        if ($beside) { $beside.Stop(); $beside.Runspace.Dispose(); $beside.Dispose() }
        # Relays are the process's, not the runspace's.
        $null = Invoke-Typed $runspace 'Get-TapRelay | Stop-TapRelay'
        $runspace.Dispose()
        foreach ($id in Get-Child) { try { [Diagnostics.Process]::GetProcessById($id).Kill($true) } catch { Write-Verbose "$id is gone: $_" } }
        Remove-Item $Scratch -Recurse -Force -ErrorAction Ignore
    }
}

# virsh without a daemon: libvirt's own test driver, with the guests of the pages.
$env:VIRSH_DEFAULT_CONNECT_URI = "test://$(Join-Path $PSScriptRoot 'libvirt.xml')"

$env:PATH = "$Scratch$([IO.Path]::PathSeparator)$env:PATH"

# What the host has there, such as names of namespaces, is not part of the lab. In /run/user/1000 the user of the pages keeps sockets.
mount -t tmpfs none /run
if ($LASTEXITCODE -ne 0) { throw 'No private /run.' }
$null = New-Item /run/netns, /run/user/1000 -ItemType Directory
mount -t tmpfs none /run/netns
mount --make-shared /run/netns
mount -t sysfs none /sys
if ($LASTEXITCODE -ne 0) { throw 'No sysfs of the network namespace.' }
Invoke-Batch (1..($FirstIndex / 2) | ForEach-Object { 'link add type veth' })
Remove-AllLink

foreach ($example in Get-Content $In -Raw | ConvertFrom-Json -AsHashtable) {
    $clock = [Diagnostics.Stopwatch]::StartNew()
    foreach ($attempt in 1..$Attempts) {
        $result = try { @(Invoke-OneExample $example)[-1] } catch { @{ Problems = @("the lab: $_ $($_.ScriptStackTrace)"); Text = ''; Errors = @() } }
        if ("$($result.Problems) $($result.Text)" -notmatch $Collision -or $example['Shown'] -match $Collision) { break }
        Start-Sleep -Seconds 1
    }
    $result.Key = $example.Key
    $result.Seconds = $clock.Elapsed.TotalSeconds
    [IO.File]::AppendAllText($Out, (ConvertTo-Json $result -Depth 4 -Compress) + "`n")
}
Reset-Lab
